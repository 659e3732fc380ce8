import DeploymentTemplate
import Testing

@Suite("Intrinsic functions and parameters")
struct ResolutionTests {
    private func variable(_ value: String, above: String = "", _ options: TemplateOptions = TemplateOptions()) throws -> String? {
        let text = TemplateText.function(
            """
                  Environment:
                    Variables:
                      VALUE: \(value)
            """, above: above)
        return try TemplateText.load(text, options).functions.first?.environment["VALUE"]
    }

    @Test(
        "functions in both forms give the texts that CloudFormation's documentation gives",
        arguments: [
            ("!Ref AWS::Region", "us-east-1"),
            ("{Ref: 'AWS::AccountId'}", "000000000000"),
            ("!Ref ApiFunction", "ApiFunction"),
            ("!GetAtt ApiFunction.Arn", "arn:aws:lambda:us-east-1:000000000000:function:ApiFunction"),
            ("{'Fn::GetAtt': [ApiFunction, Arn]}", "arn:aws:lambda:us-east-1:000000000000:function:ApiFunction"),
            ("!Sub 'arn:${AWS::Partition}:s3:::${!Literal}/${ApiFunction}'", "arn:aws:s3:::${Literal}/ApiFunction"),
            ("!Sub ['${Name}.${AWS::URLSuffix}', {Name: !Ref AWS::StackName}]", "roost.amazonaws.com"),
            ("!Join [':', [a, !Ref AWS::Region, c]]", "a:us-east-1:c"),
            ("!Select [1, !Split ['|', 'a|b|c']]", "b"),
            ("!Sub '${ApiFunction.Arn}'", "arn:aws:lambda:us-east-1:000000000000:function:ApiFunction"),
            ("true", "true"), ("010", "010"), ("'quoted'", "quoted"),
        ])
    func functions(value: String, expected: String) throws {
        #expect(try variable(value) == expected)
    }

    @Test("a parameter's value comes from the caller, else from the emulator's overrides, else from its default")
    func precedence() throws {
        let above = """
            Metadata:
              Roost:
                ParameterOverrides:
                  Base: ${RoostEndpoint}/whatsapp
            Parameters:
              Base: {Type: String, Default: https://graph.example}
              Other: {Type: String, Default: d}

            """
        let options = TemplateOptions(endpoint: "http://127.0.0.1:4999")
        #expect(try variable("!Ref Base", above: above, options) == "http://127.0.0.1:4999/whatsapp")
        #expect(try variable("!Ref Base", above: above, TemplateOptions(parameters: ["Base": "mine"])) == "mine")
        #expect(try variable("!Ref Other", above: above) == "d")
    }

    @Test("conditions choose values and leave resources out")
    func conditions() throws {
        let above = """
            Parameters:
              Stage: {Type: String, Default: dev}
            Conditions:
              IsProduction: !Equals [!Ref Stage, prod]
              IsNot: !Not [!Condition IsProduction]
              Both: !And [!Condition IsNot, !Equals [a, a]]

            """
        #expect(try variable("!If [Both, yes-it-is, no]", above: above) == "yes-it-is")
        #expect(try variable("!If [IsProduction, a, !Ref AWS::NoValue]", above: above) == nil)
    }

    @Test("a value outside of AllowedValues is refused, and that of a NoEcho parameter is not shown")
    func constraints() {
        let text = """
            Parameters:
              Stage:
                Type: String
                AllowedValues: [dev, prod]
                Default: test
              Password:
                Type: String
                NoEcho: true
                MinLength: 12
                Default: hunter2
              Missing:
                Type: String
            Resources: {}
            """
        #expect(
            TemplateText.problems(text) == [
                "template.yaml:2: Stage: the value \"test\" is not one of dev, prod",
                "template.yaml:6: Password: the value is shorter than 12",
                "template.yaml:11: Missing: the parameter has no Default and no value was given",
            ])
    }

    @Test("an unknown name is refused with the nearest one, and an unbuilt function by its name")
    func unknownNames() {
        let text = TemplateText.function(
            """
                  Environment:
                    Variables:
                      A: !Ref ApiFuncton
                      B: !GetAtt ApiFunction.Arm
                      C: !ImportValue x
                      D: !Sub ${Nothing}
            """)
        #expect(
            TemplateText.problems(text) == [
                "template.yaml:10: ApiFunction: Ref names ApiFuncton, which is neither a parameter nor a resource; did you mean ApiFunction?",
                "template.yaml:11: ApiFunction: AWS::Serverless::Function has no attribute Arm in the emulator; did you mean Arn?",
                "template.yaml:12: ApiFunction: the function Fn::ImportValue is not supported by the emulator",
                "template.yaml:13: ApiFunction: Fn::Sub names Nothing, which is neither a parameter nor a resource",
            ])
    }

    @Test("names that depend on each other end in an error, not in a loop")
    func cycle() {
        let text = """
            Resources:
              A:
                Type: AWS::SQS::Queue
                Properties:
                  QueueName: !GetAtt B.QueueName
              B:
                Type: AWS::SQS::Queue
                Properties:
                  QueueName: !GetAtt A.QueueName
            """
        #expect(TemplateText.problems(text).contains { $0.contains("depends on itself") })
    }
}
