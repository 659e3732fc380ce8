import Foundation
import StoreEngine

/// `roost store check`: walks through a stopped store and prints what does not agree.
struct StoreCheckCommand {
    var options: StoreCheckOptions

    /// - Returns: 0 for a clean store, 1 for another.
    func run() throws(Failure) -> Int32 {
        let report: StoreCheckReport
        do {
            report = try StoreEngine.check(directory: options.directory)
        } catch {
            throw Failure(opening: options.directory.relativePath, error)
        }
        for problem in report.problems { Console.print("\(problem)") }
        let hidden = report.problemCount - report.problems.count
        if hidden > 0 { Console.print("and \(hidden) more") }
        let walked =
            "\(report.tables) tables, \(report.items) items, \(report.indexEntries) index entries, "
            + "\(report.expiryEntries) expiry times, \(report.streamRecords) stream records"
        let verdict = report.isClean ? "everything agrees" : "\(report.problemCount) problems"
        Console.print("roost store check: \(walked): \(verdict)")
        return report.isClean ? 0 : 1
    }
}
