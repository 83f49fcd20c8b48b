import Messages

/// Everything that the desk says, by what it is for; the words stand in one table a language.
enum Phrase: Int, CaseIterable, Sendable {
    case product, skip, footer, navLabel, navQueue, navCases, navSearch, navVillages, navImport, navOverview
    case navLexicons, navAudit, navAdministration, signOut, signInTitle, signInLead, signInName, signInPassword
    case signInButton, signInHelp, signInRefused, signInLocked, accountTitle, mustChange, passwordTitle
    case passwordOld, passwordNew, passwordAgain, passwordChange, passwordHelp, passwordDiffers, passwordChanged
    case tokensTitle, tokensLead, tokensNone, tokenLabel, tokenIssued, tokenExpires, tokenEnd, tokenEnded
    case tokenIssue, tokenOnce, back, backHome, backCase, backQueue, close, undo, openCase, any, errorTitle
    case errorTitleNotFound, errorTitleConflict, errorTitleForbidden, errorCode, errorNotFound, errorInternal
    case errorTooLarge, errorHost, errorForged, errorForm, errorMethod, errorMustChange, errorSignIn, errorRole
    case errorVerdict, errorTopicTrack, errorPlace, errorNumber, errorReason, errorUnit, errorUndone
    case errorNothingPicked, errorBulkReport, errorForwardUp, errorNoFile, errorImportRuns, keysTitle, keyMove
    case errorTooSlow, errorImportFull, errorCrowded
    case keyEnter, keyArea, keyTopic, keySummary, keyUndo, keySearch, keyHelp, verdictGrievance, verdictMisconduct
    case verdictSuggestion, verdictNothing, verdictRepeat, viewsLabel, viewReview, viewMine, viewYellow, viewRed
    case viewRecurring, viewFollowUp, viewOpen, viewAll, view, filter, filterApply, filterClear, place
    case placeUnknown, placeWaiting, placeTitle, placeHome, track, topic, severity, severityHigh, severityMedium
    case severityLow, rule, dayFrom, dayTo, savedName, savedSave, savedDelete, reviewStart, expand, collapse
    case bulkDismiss, bulkHelp, pick, reason, unverified, claimed, flagOverdue, flagDaysLeft, emptyQueue
    case emptyQueueHelp, emptyFiltered, emptyFilteredHelp, emptyView, emptyViewHelp, emptyCases, emptyCasesHelp
    case pageBefore, pageNext, pageFrom, pages, flagTitle, flagBefore, flagNext, flagWords, flagMessages
    case flagMasked, quotedWords, wordsErased, whyTitle, flagGuards, flagUndecided, flagScore, lexiconVersion
    case rulePrecision, basisText, basisTownship, basisParent, basisGroup, decideTitle, flagEnded, flagDismissing
    case confirmNext, verdict, village, summaryOwn, summaryHelp, accused, accusedDefault, similarTitle
    case similarNone, caseNumber, doneRegistered, doneReopened, doneOutOfSight, doneClues, doneJoined
    case doneDismissed, doneUndone, doneBulk, doneAct, doneSplit, state, unit, received, due, dueOver, dueToday
    case dueLeft, recurred, retaliation, source, alias, summary, summaryNone, originalWords, originalHelp
    case printView, printNow, printedBy, visitSheet, visitRecord, visitWhen, visitWho, visitWhere, visitFound
    case visitSaid, visitResult, visitSigned, visitHelp, timeline, textReply, textPaper, textNote, replyDoneOn
    case replyEvidence, byRule, formerStaff, clocks, clock, gateTitle, signsTitle, signsSuspected, signsHelp
    case linked, linkMerged, linkRepeat, linkSplit, linkRelated, actions, actionsNone, actionsBlocked, otherNumber
    case flagNumber, dayWake, dayUntil, dayStudy, paper, unitsNone, assignee, level, replyDone, replyDay
    case replyResult, replyProofs, replyHelp, text, noteText, warnMisconduct, warnRecuse, warnRetaliation
    case warnForwardUp, warnNote, warnMerge, searchWords, searchHelp, searchFound, searchMore, searchNone
    case searchNoneHelp, auditLead, auditVerify, auditAnchor, auditAnchorHelp, auditActor, auditAction
    case auditObject, auditDetail, auditSeq, auditCounts, auditEmpty, auditRows, auditRowsLabel, operatorName
    case count, day, id, name, role, kind, code, posts, month, staffTitle, staffAdd, staffAdded, staffEnd
    case staffEndHelp, staffEnded, staffPassword, staffPasswordHelp, tiesTitle, tiesLead, tiesNone, tieAdd
    case tieAdded, tieEnd, tieEnded, tieKind, tieWith, tieKin, tieStake, tiePosted, tieNative, tieWitness
    case tieOther, unitsTitle, unitAdd, unitAdded, unitAbove, unitVillage, unitTownGov, unitTownDiscipline
    case unitCountyDept, unitCountyCommission, unitCityDept, unitCityCommission, showAll, calendarTitle
    case calendarNone, calendarYears, calendarMissing, retentionTitle, retentionLead, retentionTrial, retentionRun
    case retentionWould, retentionDid, importDrop, importDropHelp, importStart, importSending, importPromise
    case importNow, importWaiting, importRunning, importRunningHelp, importDone, importFailed, importCancel
    case importCancelled, importCancelledHelp, importAgain, importNever, importNeverHelp, importNoGroups
    case importEarlier, importNotes, importMoreRejects, importRefused, importEarly, format, span, countRead, countNew
    case countSeen, countFlagged, countRefused, countRejected, rejectAt, rejectNotJSON, rejectEndsEarly
    case rejectMissingField, rejectBadTime, rejectStrayLine, rejectWrongColumns, rejectTooLong, rejectBadEncoding
    case villagesNone, villagesNoneHelp, waitingTitle, waitingHelp, waitingNone, coverageTitle, coverageLine
    case coverageWithout, treeTitle, villageCount, otherNames, groupsNotice, groupNone, tryTitle, trySentence
    case tryButton, tryHelp, tryNothing, rulesTitle, guardsTitle, tileReceived, tileClosed, tileSupervised
    case chartTopics, chartAreas, chartMonths, asTable, overviewNote, clockTransfer, clockUp, clockNotice
    case clockResult, clockQuarter, clockRoute, clockAssign, clockWritten, clockReturn, clockOpinion, clockReview
    case clockSecondReview, clockFirst, clockHandling, clockFive, clockFiveWork, statusRunning, statusYellow
    case statusRed, statusMet, statusLate, statusPaused, statusNone, overviewSpan, tileClosedShare, tileFiveDays
    case tileFiveWorkingDays, tileFirstAnswer, tileSatisfied, tileRecurred, chartUnits, underFive, reportsTitle
    case reportsHelp, quarter, viewWatched, viewSnoozed, secondReader, withdraw, similarCount, settleVillage
    case teachWords, doneVillage, doneTaught, coverageSilent, lastExport
    case ownWork, snooze, snoozeUntil, snoozeHelp, snoozedUntil, snoozeEnd, snoozeEnded, claimCode, claimCodeHelp
    case claimCodeMake, claimCodeOnce, claimCodeWhere, progressTitle, progressLead, progressLook, progressHelp
    case progressDue, stepReceived, stepHandling, stepAnswered, stepEnded, held, heldHelp, proposedLevel, resolution
    case resolutionMeasure, resolutionHowMany, resolutionMoney, resolutionPersons, resolutionReturned, resolutionGap
    case handOver, handOverLead, handOverFrom, handOverTo, handedOver, orphans
    case trialRules, trialStages, trialNormal, trialWords, trialHits, trialNoRule, trialWeakened, trialGuards
    case trialApart, trialOrder, trialAcross, trialPattern, trialUndecided, trialBoundaries, trialMissing
    case trialCancelled, trialTopics, trialModel
    case versionsTitle, versionsNone, versionsNoneHelp, versionPropose, versionProposeHelp, versionFiles, versionWhy
    case versionProposed, versionWaits, versionApproved, versionInUse, versionNumber, versionBy, versionCompare
    case versionCompareHelp, versionExport, versionApprove, versionApproveHelp, versionBack, versionDone
    case versionRefused, versionExampleFails, versionCompared, versionCounts, versionGained, versionLost
    case versionSample, versionSame, errorVersionFile
    case personName, body, pickHint, staffSeek
    case errorTitleBusy, searchApart
    case tileAnswered, figureOf, trendTitle, trendHelp, keptTitle, holdsTitle, holdsLead, holdsNone, holdPlace
    case holdPlaced, holdLift, holdLifting, holdLifted, basis, requestsTitle, requestsLead, requestsNone
    case requestTake, requestTaken, requestKind, requestAccess, requestCorrection, requestErasure, requestAnswer
    case requestTwo, requestOpen, requestDecided, requestProposed, requestGranted, requestRefused, dutiesTitle
    case dutiesLead, dutyThere, dutyMissing, dutyOld, dutyReference, dutyAdd, dutyAdded, groupAdd, groupID
    case groupName, platform, groupNotice, groupHelp, groupAdded, platformWeChat, platformDingTalk, platformWeCom
    case platformQQ, platformWeLink, exporter, exporterUnknown, exporterOwner, exporterCadre, exporterTownship
    case exporterResident, exporterOther, keysShow, keysHint, tileCovered, tileSilent, coverageMore

    /// The words in a language, with values in their places (a number in braces).
    func text(in language: Language, _ values: [String] = []) -> String {
        let words = Self.words[language == .zh ? 0 : 1][rawValue]
        guard !values.isEmpty else { return words }
        var text = ""
        var rest = Substring(words)
        // One walk from the left: what a value holds is never taken for a place of another.
        while let brace = rest.firstIndex(of: "{") {
            text += rest[..<brace]
            let digit = rest.index(after: brace)
            guard digit < rest.endIndex, let index = rest[digit].wholeNumberValue, values.indices.contains(index) else {
                text += "{"
                rest = rest[digit...]
                continue
            }
            text += values[index]
            rest = rest[rest.index(digit, offsetBy: 2)...]
        }
        return text + rest
    }

    /// By language and number: looking a phrase up is an index.
    private static let words: [[String]] = [chinese, english].map { table in allCases.map { table[$0] ?? "" } }
}
