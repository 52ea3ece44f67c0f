// What a person is told when a channel's rules say no.

#include "core/channel/channel.hpp"

namespace core {
namespace {

using r = channel_rejection;
using enum obstacle;

constexpr auto table = refusal_table<channel_rejection>({
    {r::not_found, missing, "S5.1.3", "没有这个频道。请核对频道编号，或请频道里的人邀请您。",
     "There is no such channel. Check its number, or have somebody in it add you."},
    {r::already_exists, status, "S5.1.3", "频道已存在。请新建另一个。", "This channel already exists. Create another."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。",
     "You have left and can no longer act. Ask the system administrator."},
    {r::archived, status, "S5.1.3", "频道已归档，只能阅读。请换一个频道。",
     "The channel is archived and can only be read. Use another channel."},
    {r::needs_a_person, who, "S1.3.1", "此操作须由具体的人来做。请以成员身份登录，或指明成员。",
     "This takes a person, not the system. Sign in as a member, or name one."},
    {r::not_in_channel, who, "S1.3.4", "您不在这个频道里。请先加入，或请频道里的人邀请您。",
     "You are not in this channel. Join it first, or have somebody in it add you."},
    {r::not_keeper, who, "S5.1.3", "仅频道管理人、其所在部门的运营经理、上级领导或系统管理员可操作。",
     "Only the channel's keeper, the operations manager of their department, a superior leader or a system administrator may do this. Ask one of them."},
    {r::not_author, who, "S1.3.1", "这条消息不是您写的。只有作者可以修改；运营经理和系统管理员还可以删除。",
     "You did not write this message. Only its author may change it; an operations manager or a system administrator may "
     "delete it too."},
    {r::may_not_remove, who, "S1.3.4", "仅频道管理人或系统管理员可移出他人。",
     "Only the channel's keeper or a system administrator may remove others. Ask one of them."},
    {r::may_not_move, who, "S5.1.2", "仅作者、运营经理或系统管理员可更改消息的话题。",
     "Only its author, an operations manager or a system administrator may move a message to another topic. Ask one of them."},
    {r::not_importer, who, "S5.1.3", "仅系统管理员可导入消息。",
     "Only a system administrator may import messages. Ask one."},
    {r::no_such_message, field, "S5.1.2", "频道里没有这条消息。请核对消息编号。",
     "There is no such message in this channel. Check its number.", "message"},
    {r::message_deleted, status, "S5.1.2", "这条消息已删除，不能再操作。", "The message was deleted, and can't be changed any more."},
    {r::bad_name, field, "S5.1.3", "频道名不能以 @ 或 # 开头。", "A channel's name does not begin with @ or #.", "name"},
    {r::too_many_topics, field, "S5.1.2", "频道的话题已达上限。请使用已有话题，或新建频道。",
     "The channel has as many topics as it can. Use one of them, or another channel.", "topic"},
    {r::bad_emoji, field, "S5.1.2", "回应须为一个表情符号，例如 👍。", "A reaction is one emoji, such as 👍.", "emoji"},
    {r::no_such_author, field, "S1.3.1", "消息的作者不是成员。请先让作者加入。",
     "The author of a message is no member. Have them join first.", "messages"},
    {r::author_erased, field, "D9", "作者的数据已抹除，不能再以其名义导入。",
     "The author was erased: nothing of theirs can be imported any more. Leave their messages out.", "messages"},
    {r::bad_time, field, "S1.3.1", "消息的时间不能晚于现在。请核对时间。", "A message can't be later than now. Check its time.",
     "messages"},
    {r::not_appointing, who, "S5.1.3", "频道管理人由现任管理人或系统管理员指定。请联系他们。",
     "A channel's keeper, or a system administrator, appoints its keeper. Ask one of them."},
    {r::not_inside, field, "S5.1.3", "管理人须为频道里的人。请另选一人。", "The keeper has to be somebody who is in the channel. Choose another.", "member"},
});

}  // namespace

refusal channel::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
