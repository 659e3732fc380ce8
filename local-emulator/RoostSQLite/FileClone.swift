#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Copies of files that share their blocks with the original, where the file system has them (Btrfs, XFS, APFS).
package enum FileClone {
    /// `FICLONE`, `_IOW(0x94, 9, int)` of linux/fs.h, whose macro Swift does not import.
    private static let cloneRequest: UInt = 0x4004_9409

    /// Makes `target` a clone of an open file as it is at one moment: the kernel holds writers of it back meanwhile.
    ///
    /// - Returns: false where the file system cannot; nothing is left under the target's name then.
    package static func clone(descriptor: Int32, to target: String) -> Bool {
        #if canImport(Darwin)
            return fclonefileat(descriptor, AT_FDCWD, target, 0) == 0
        #else
            let to = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
            guard to >= 0 else { return false }
            defer { close(to) }
            if ioctl(to, cloneRequest, descriptor) == 0 { return true }
            unlink(target)
            return false
        #endif
    }

    /// The same of a file that no SQLite connection of this process has open as its database: see
    /// ``SQLiteFileLock/cloneDatabase(to:)``.
    package static func clone(_ source: String, to target: String) -> Bool {
        let from = open(source, O_RDONLY | O_CLOEXEC)
        guard from >= 0 else { return false }
        defer { close(from) }
        return clone(descriptor: from, to: target)
    }

    /// Waits until a file's, or a directory's, contents are on the disk.
    ///
    /// - Returns: 0, or the system's `errno`.
    package static func sync(_ path: String) -> Int32 {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        return fsync(descriptor) == 0 ? 0 : errno
    }
}
