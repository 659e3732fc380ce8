import Platform

extension Classmates {
    static let templates = MessageTemplates(
        verificationSMS: "{code} is your {organization} code. It is good for {minutes} minutes. Do not pass it on.",
        directEmail: .init(
            subject: "{sender} wrote to you",
            text: "{sender} wrote to you:\n\n{content}\n\n{organization}\n",
            html:
                "<p>{sender} wrote to you:</p><blockquote style=\"white-space: pre-wrap\">{content}</blockquote><p>{organization}</p>"
        ),
        forumEmail: .init(
            subject: "{sender} in {forum}",
            text: "{sender} wrote in {forum}:\n\n{content}\n\n{organization}\n",
            html:
                "<p>{sender} wrote in <b>{forum}</b>:</p><blockquote style=\"white-space: pre-wrap\">{content}</blockquote><p>{organization}</p>"
        ),
        directSMS: "{sender}: {content}",
        forumSMS: "{sender} in {forum}: {content}",
        directWhatsApp: "*{sender}*\n{content}",
        forumWhatsApp: "*{sender}* in *{forum}*\n{content}")
}
