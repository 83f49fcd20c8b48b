import ArgumentParser
import Messages
import Workbench

/// `minsheng lexicon schema`.
struct LexiconSchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: say("写出词库文件的 JSON Schema，供编辑器补全和检查", "Writes the JSON Schema of the lexicon files, for editors"),
        discussion: say(
            "存成 lexicon.schema.json，在 YAML 文件第一行写：\(LexiconJSONSchema.modeline)",
            "Save it as lexicon.schema.json and begin the YAML files with: \(LexiconJSONSchema.modeline)"))

    @OptionGroup var common: CommonOptions

    func run() throws { Console.write(Array(LexiconJSONSchema.text.utf8)) }
}
