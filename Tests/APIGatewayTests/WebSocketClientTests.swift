import Foundation
import Journal
import RoostHTTPServer
import Testing

@testable import APIGateway

@Suite struct WebSocketClientTests {
    @Test("however invocations begin and end at one time, a client with room for one more is read from")
    func pausing() {
        let socket = WebSocketConnection(events: .init(onMessage: { _, _ in }, onClose: { _, _ in }))
        let client = APIGateway.WebSocketClient(
            HTTPRequest(method: "GET", target: "/dev"), at: Date(), entry: Journal.EntryID(number: 1))
        client.opened(as: socket)
        for _ in 1...63 { client.invocationBegins() }
        var stuck = 0
        for _ in 1...200_000 {
            DispatchQueue.concurrentPerform(iterations: 2) { index in
                if index == 0 { client.invocationBegins() } else { client.invocationEnded() }
            }
            if socket.isPaused { stuck += 1 }
        }
        #expect(stuck == 0)
        client.invocationBegins()
        #expect(socket.isPaused)
    }
}
