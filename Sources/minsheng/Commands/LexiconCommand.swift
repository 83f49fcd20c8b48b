import ArgumentParser
import Classifying
import Lexicons
import Matching
import Messages
import Pipeline
import Workbench

/// `minsheng lexicon`: the analyst's bench.
struct LexiconCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lexicon",
        abstract: say("词库：检查、检验、试句、回测、比较、评估、版本", "Lexicons: lint, test, try, backtest, compare, measure, release"),
        subcommands: [
            LexiconLint.self, LexiconTest.self, LexiconTry.self, LexiconBacktest.self, LexiconDiff.self,
            LexiconEvaluate.self,
            LexiconSuggest.self, LexiconStats.self, LexiconExport.self, LexiconImport.self, LexiconSchemaCommand.self,
            LexiconPropose.self, LexiconApprove.self, LexiconRollback.self, LexiconVersions.self,
        ])
}

/// `minsheng lexicon evaluate`.
struct LexiconEvaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: say("用标注句子评估：查准率、召回率、漏报和误报", "Measures precision and recall on labelled sentences"),
        discussion: say(
            "FILE 每行一个 {\"text\",\"track\",\"topic\",\"kind\"?}；track 为 null 表示不是线索。区间为 95 % 威尔逊区间。",
            "FILE: {\"text\",\"track\",\"topic\",\"kind\"?} a line; a null track is nothing to flag. Intervals: Wilson, 95 %."
        ))

    @Argument(
        help: ArgumentHelp(say("标注文件（JSONL）", "labelled sentences (JSONL)"), valueName: "file"), completion: .file())
    var files: [String]

    @Flag(name: .long, help: ArgumentHelp(say("不列出漏报和误报", "totals only: no misses and false alarms")))
    var totals = false

    @Flag(name: .long, help: ArgumentHelp(say("只用规则，不用模型", "rules only, without the model")))
    var rulesOnly = false

    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var json: JSONOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let lexicons = try LoadedLexicons(at: lexicon.lexicons)
        let analyser = TextAnalyser(
            try LexiconMatcher(lexicons.lexicon), model: rulesOnly ? nil : lexicons.model)
        let scratch = LexiconMatcher.Scratch()
        var texts: [LabelledText] = []
        for file in files { texts += try LabelledTextFile.read(file) }
        let verdicts = texts.map { analyser.analysis(of: $0.text, scratch: scratch).verdict }
        let report = EvaluationReport(Evaluation(texts, verdicts), names: lexicons.lexicon.taxonomy)
        if json.json {
            for value in report.rows(withMistakes: !totals) { Console.write(value.line) }
        } else {
            for line in report.lines(withMistakes: !totals) { Console.print(line) }
        }
    }
}

/// `minsheng model`.
struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: say("模型：训练", "The model: train it"), subcommands: [ModelTrain.self])
}

/// `minsheng model train`.
struct ModelTrain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: say("训练模型：词库例句加标注句子", "Trains the model from the lexicons' examples and labelled sentences"),
        discussion: say(
            "--sentences 用来学语句的说法；--fresh 是没有用来调过规则的句子，另外用来学规则和说法各占多少、分数对应多大把握。同样的输入得到同样的文件。",
            "--sentences teach how complaints sound; --fresh, on which no rule was tuned, also teach how much rules and sound count. Equal input gives an equal file."
        ))

    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp(say("标注文件", "labelled sentences"), valueName: "file"), completion: .file())
    var sentences: [String] = []

    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp(say("没有用来调过规则的标注文件", "labelled sentences that no rule was tuned on"), valueName: "file"),
        completion: .file())
    var fresh: [String]

    @Option(
        name: .long, help: ArgumentHelp(say("输出（默认词库目录的 model.bin）", "output (default: model.bin in the lexicons)")),
        completion: .file())
    var out: String?

    @OptionGroup var lexicon: LexiconOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let lexicons = try LoadedLexicons(at: lexicon.lexicons)
        let matcher = try LexiconMatcher(lexicons.lexicon)
        var texts = TrainingExamples.texts(of: lexicons.lexicon, matcher)
        var weights = texts.map { _ in TrainingExamples.weight }
        for file in sentences {
            let more = try LabelledTextFile.read(file)
            texts += more
            weights += more.map { _ in 1 }
        }
        var unseen: [LabelledText] = []
        for file in fresh { unseen += try LabelledTextFile.read(file) }
        let result = ModelTrainer(matcher).model(texts: texts, weights: weights, fresh: unseen)
        let path = out ?? lexicons.folder + "/model.bin"
        try ModelFile.write(result.model, to: path)
        Console.tell(
            say(
                "已写入 \(path)：例句和句子 \(texts.count) 条，其中未调过规则的另有 \(unseen.count) 条。",
                "Wrote \(path): \(texts.count) examples and sentences, and \(unseen.count) on which no rule was tuned.")
        )
    }
}
