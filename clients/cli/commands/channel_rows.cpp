#include "clients/cli/commands/rows.hpp"

namespace cli {

const std::vector<write_row>& channel_rows() {
    static const field message{"MESSAGE", "message", value::number, {"消息在频道内的编号", "the message's number in the channel"}, true, {}, any_number};
    static const field member{"--member", "member", value::person, {"谁；不给则为自己", "who; yourself if left out"}};
    static const field emoji{"EMOJI", "emoji", value::text, {"表情", "an emoji"}, true};
    static const field words{"TEXT", "text", value::text, {"正文；“-”表示从标准输入读", "the text; - reads it from stdin"}, true};
    // clang-format off
    static const std::vector<write_row> rows{
        {.noun = "channel", .verb = "create", .type = "channel.create", .target = target::none,
         .about = {"新建频道", "create a channel"},
         .examples = "opsroom channel create general --description \"Everything\"\n"
                     "opsroom channel create board-room --visibility members_only",
         .fields = {{"NAME", "name", value::text, {"名称", "name"}, true},
                    {"--description", "description", value::text, {"说明", "what it is for"}},
                    {"--visibility", "visibility", value::choice, {"everyone：人人可见；members_only：受邀者可见", "everyone, or members_only: those invited"},
                     false, {"everyone", "members_only"}}}},
        {.noun = "channel", .verb = "describe", .type = "channel.describe", .target = target::channel,
         .about = {"改说明", "change the description"}, .examples = "opsroom channel describe general \"Daily work\"",
         .fields = {{"DESCRIPTION", "description", value::text, {"说明", "what it is for"}, true}}},
        {.noun = "channel", .verb = "archive", .type = "channel.archive", .target = target::channel,
         .about = {"归档频道：可读，不可再写", "archive it: it can be read and not written"},
         .examples = "opsroom channel archive old-campaign"},
        {.noun = "channel", .verb = "join", .type = "channel.join", .target = target::channel,
         .about = {"加入频道，或邀请别人", "join, or bring somebody in"},
         .examples = "opsroom channel join general\nopsroom channel join board-room --member @li.na", .fields = {member}},
        {.noun = "channel", .verb = "leave", .type = "channel.leave", .target = target::channel,
         .about = {"离开频道，或移出别人", "leave, or remove somebody"},
         .examples = "opsroom channel leave general", .fields = {member}},
        {.noun = "channel", .verb = "post", .type = "channel.post", .target = target::channel,
         .about = {"发消息", "post a message"},
         .examples = "opsroom channel post general \"Good morning\"\nopsroom channel post general - --topic report < summary.txt",
         .fields = {words, {"--topic", "topic", value::text, {"所属话题", "the topic that it belongs to"}}}},
        {.noun = "channel", .verb = "edit", .type = "channel.edit", .target = target::channel,
         .about = {"修改自己的消息", "edit a message of yours"}, .examples = "opsroom channel edit general 12 \"Good afternoon\"",
         .fields = {message, words}},
        {.noun = "channel", .verb = "delete", .type = "channel.delete", .target = target::channel,
         .about = {"删除消息", "delete a message"}, .examples = "opsroom channel delete general 12", .fields = {message}},
        {.noun = "channel", .verb = "topic", .type = "channel.set_topic", .target = target::channel,
         .about = {"把消息归到一个话题", "put a message under a topic"}, .examples = "opsroom channel topic general 12 budget",
         .fields = {message, {"TOPIC", "topic", value::text, {"话题；空为不属于任何话题", "the topic; empty for none"}, true}}},
        {.noun = "channel", .verb = "react", .type = "channel.react", .target = target::channel,
         .about = {"对消息作表情回应", "react to a message"}, .examples = "opsroom channel react general 12 👍",
         .fields = {message, emoji}},
        {.noun = "channel", .verb = "unreact", .type = "channel.unreact", .target = target::channel,
         .about = {"收回表情回应", "take a reaction back"}, .examples = "opsroom channel unreact general 12 👍",
         .fields = {message, emoji}},
        {.noun = "channel", .verb = "pin", .type = "channel.pin", .target = target::channel,
         .about = {"置顶消息", "pin a message"}, .examples = "opsroom channel pin general 12", .fields = {message}},
        {.noun = "channel", .verb = "unpin", .type = "channel.unpin", .target = target::channel,
         .about = {"取消置顶", "unpin a message"}, .examples = "opsroom channel unpin general 12", .fields = {message}},
        {.noun = "channel", .verb = "read", .type = "channel.read", .target = target::channel,
         .about = {"标为已读到某条消息", "mark as read up to a message"}, .examples = "opsroom channel read general 12",
         .fields = {message}},
    };
    // clang-format on
    return rows;
}

}  // namespace cli
