internal import CPCRE2

/// A compiled PCRE2 pattern.
///
/// Immutable once made, so that threads share it; what a match needs is in `PatternScratch`.
///
/// `@unchecked Sendable`: `pcre2_match` only reads compiled code, JIT code included (pcre2api, "Multithreading").
final class Pattern: @unchecked Sendable {
    /// What a try comes to.
    enum Outcome: Equatable {
        case match(Range<Int>)
        case noMatch
        /// A limit was hit: neither matched nor not matched.
        case undecided
    }

    /// A pattern that does not compile.
    struct Failure: Error {
        let message: String
        let offset: Int
    }

    private let code: OpaquePointer

    /// Compiles for UTF-8 text that is known to be valid.
    ///
    /// `isPlain` leaves out the short cuts by which PCRE2 spares itself a hopeless text, so that a pattern that runs away
    /// shows it.
    init(_ pattern: String, isPlain: Bool = false) throws(Failure) {
        var error: Int32 = 0
        var offset = 0
        let bytes = Array(pattern.utf8)
        let options = PCRE2_UTF | (isPlain ? PCRE2_NO_START_OPTIMIZE | PCRE2_NO_AUTO_POSSESS : 0)
        let code = bytes.withUnsafeBufferPointer {
            pcre2_compile_8($0.baseAddress, $0.count, options, &error, &offset, nil)
        }
        guard let code else { throw Failure(message: Self.message(error), offset: offset) }
        self.code = code
        // Where the JIT is not to be had the interpreter does the same, slower.
        pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    }

    deinit { pcre2_code_free_8(code) }

    /// The leftmost match in a text, as half-open byte offsets.
    func firstMatch(in subject: [UInt8], scratch: PatternScratch) -> Outcome {
        let status: Int32 = subject.withUnsafeBufferPointer {
            pcre2_match_8(
                code, $0.baseAddress, $0.count, 0, PCRE2_NO_UTF_CHECK, scratch.matchData, scratch.context)
        }
        if status == PCRE2_ERROR_NOMATCH { return .noMatch }
        guard status >= 0, let offsets = pcre2_get_ovector_pointer_8(scratch.matchData) else { return .undecided }
        return offsets[1] >= offsets[0] ? .match(Int(offsets[0])..<Int(offsets[1])) : .noMatch
    }

    private static func message(_ error: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let length = pcre2_get_error_message_8(error, &buffer, buffer.count)
        return String(decoding: buffer[..<max(0, Int(length))], as: UTF8.self)
    }
}

/// One thread's match data and limits.
final class PatternScratch {
    let matchData: OpaquePointer
    let context: OpaquePointer

    /// - Parameter limit: the most steps of a match. The default takes some 0.4 ms, far beyond what a sentence needs.
    init(limit: UInt32 = 100_000) {
        guard let data = pcre2_match_data_create_8(16, nil), let context = pcre2_match_context_create_8(nil) else {
            preconditionFailure("out of memory")
        }
        matchData = data
        self.context = context
        pcre2_set_match_limit_8(context, limit)
    }

    deinit {
        pcre2_match_data_free_8(matchData)
        pcre2_match_context_free_8(context)
    }
}
