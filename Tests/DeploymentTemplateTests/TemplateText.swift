import DeploymentTemplate
import Foundation

/// Templates for tests.
enum TemplateText {
    static func load(_ text: String, _ options: TemplateOptions = TemplateOptions()) throws -> Deployment {
        try Deployment.load(text: Data(text.utf8), options: options)
    }

    /// The lines of the error that the template is refused with; empty when it is taken.
    static func problems(_ text: String, _ options: TemplateOptions = TemplateOptions()) -> [String] {
        do throws(TemplateError) {
            _ = try Deployment.load(text: Data(text.utf8), options: options)
            return []
        } catch {
            return error.description.split(separator: "\n").map(String.init)
        }
    }

    /// One function, whose Properties end with `more`, indented by six spaces.
    static func function(_ more: String, above: String = "") -> String {
        """
        Transform: AWS::Serverless-2016-10-31
        \(above)Resources:
          ApiFunction:
            Type: AWS::Serverless::Function
            Properties:
              Handler: api
              Runtime: provided.al2023
        \(more)
        """
    }

    static let queues = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Work:
            Type: AWS::SQS::Queue
            Properties:
              QueueName: !Sub ${AWS::StackName}-work
              RedrivePolicy:
                deadLetterTargetArn: !GetAtt Dead.Arn
                maxReceiveCount: 5
          Dead:
            Type: AWS::SQS::Queue
        """
}
