// What people do for themselves, and what is asked once more.

#include "clients/cli/commands/rows.hpp"

namespace cli {

const std::vector<write_row>& member_rows() {
    static const field reason{"REASON", "reason", value::text, {"原因", "why"}, true};
    // clang-format off
    static const std::vector<write_row> rows{
        {.noun = "member", .verb = "language", .type = "member.choose_language", .target = target::me,
         .about = {"选择语言", "choose a language"},
         .examples = "opsroom member language zh",
         .fields = {{"LANGUAGE", "language", value::choice, {"zh 或 en", "zh or en"}, true, {"zh", "en"}}}},
        {.noun = "member", .verb = "erase", .type = "member.erase", .target = target::member,
         .about = {"永久抹除一个人的个人数据（销毁其密钥）", "erase a person's personal data for ever (destroys their key)"},
         .examples = "opsroom member erase 12 \"Asked for it on 2026-11-20\"\nopsroom member erase 12 \"Retention is over\" --yes",
         .fields = {reason},
         .question = {"将永久抹除此人的姓名与所写的文字，无法恢复：", "This erases the person's name and all they wrote, for ever: "}},
        {.noun = "member", .verb = "noted", .type = "member.note_resets", .target = target::me,
         .about = {"知悉自己的密码曾被重设", "take note of resets of your password"}, .examples = "opsroom member noted"},
    };
    // clang-format on
    return rows;
}

}  // namespace cli
