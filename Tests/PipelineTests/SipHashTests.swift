@testable import Pipeline
import Testing

struct SipHashTests {
    /// The vectors of the reference implementation: key 00…0f, input 00, 01, 02 … of rising length.
    @Test func `agrees with the published vectors`() {
        let expected: [UInt64] = [
            0x726f_db47_dd0e_0e31, 0x74f8_39c5_93dc_67fd, 0x0d6c_8009_d9a9_4f5a, 0x8567_6696_d7fb_7e2d,
            0xcf27_94e0_2771_87b7, 0x1876_5564_cd99_a68d, 0xcbc9_466e_58fe_e3ce, 0xab02_00f5_8b01_d137,
            0x93f5_f579_9a93_2462, 0x9e00_82df_0ba9_e4b0,
        ]
        let hash = SipHash(key: Array(0..<16))
        let input = Array(UInt8(0)..<10)
        for (length, digest) in expected.enumerated() {
            let bytes = Array(input[..<length])
            #expect(bytes.withUnsafeBytes { hash.digest($0) } == digest)
        }
    }
}
