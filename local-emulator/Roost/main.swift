import Foundation

// A reader that went away (`roost start | head`) must not kill the emulator before it has stopped its children.
signal(SIGPIPE, SIG_IGN)
// Neither must a file at its size limit: the write that met it fails, and its request is answered so.
signal(SIGXFSZ, SIG_IGN)
exit(await RoostProgram.run(Array(CommandLine.arguments.dropFirst())))
