public import Classifying
internal import Foundation

/// The model beside the lexicons, as a file.
public enum ModelFile {
    /// Writes a model, whole or not at all.
    ///
    /// - Throws: `ModelError` with the reason of the system.
    public static func write(_ model: LinearModel, to path: String) throws(ModelError) {
        do {
            try WholeFile.write(Data(model.bytes), to: path)
        } catch {
            throw ModelError(.notWritten, file: path)
        }
    }
}
