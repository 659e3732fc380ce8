import Foundation

// A reader that went away (`roost start | head`) must not kill the emulator before it has stopped its children.
signal(SIGPIPE, SIG_IGN)
exit(await RoostProgram.run(Array(CommandLine.arguments.dropFirst())))
