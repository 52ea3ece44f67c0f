#include "core/kernel/field_fault.hpp"

#include "core/kernel/forms.hpp"

namespace core {
namespace {

using events::field_type;

struct told {
    std::string zh, en;
};

std::string counted(std::int64_t n) { return std::to_string(n); }

told of_text(const events::field& f, bool required) {
    const auto most = counted(f.most_allowed);
    if (f.is == field_type::line)
        return required ? told{"须为一行文字，不超过 " + most + " 字", "give one line of at most " + most + " characters"}
                        : told{"一行文字，不超过 " + most + " 字", "one line of at most " + most + " characters"};
    if (f.is == field_type::code) return {"须为不含空格的代码，不超过 " + most + " 字节", "give a code without blanks, of at most " + most + " bytes"};
    return required ? told{"须填写，不超过 " + most + " 字节", "this has to be said, in at most " + most + " bytes"}
                    : told{"不超过 " + most + " 字节", "at most " + most + " bytes"};
}

told of_number(const events::field& f) {
    const auto least = counted(f.least_allowed), most = counted(f.most_allowed);
    if (f.most_allowed == 0) return {"须为不小于 " + least + " 的整数", "give a whole number of at least " + least};
    return {"须为 " + least + " 至 " + most + " 的整数", "give a whole number from " + least + " to " + most};
}

/// Of hundredths.
told of_money(const events::field& f) {
    told what = f.least_allowed > 0 ? told{"须大于零", "give an amount above zero"} : told{"须为不小于零的金额", "give an amount of zero or more"};
    if (f.most_allowed) {
        const auto most = counted(f.most_allowed / 100);
        what.zh += "，不超过 " + most;
        what.en += ", of at most " + most;
    }
    return what;
}

/// How many of them there may be.
told of_many(const events::field& f, told what) {
    const auto least = counted(f.least_allowed), most = counted(f.most_allowed);
    const std::string of = f.is == field_type::people ? " 人" : " 项";
    if (f.least_allowed) {
        what.zh += "，至少 " + least + of;
        what.en += ", at least " + least;
    }
    if (f.most_allowed) {
        what.zh += "，最多 " + most + of;
        what.en += ", at most " + most;
    }
    return what;
}

told needed(const events::field& f, bool required) {
    switch (f.is) {
        case field_type::line: case field_type::prose: case field_type::code: return of_text(f, required && !f.empty_allowed);
        case field_type::hash: return {"须为 64 位十六进制 SHA-256", "give a SHA-256: 64 lower-case hexadecimal digits"};
        case field_type::number: case field_type::percent: case field_type::hundredths: return of_number(f);
        case field_type::money: return of_money(f);
        case field_type::bilingual: return {"须有中文与英文，各一行，不超过 " + counted(f.most_allowed) + " 字", "say it in Chinese and in English, each in one line of at most " + counted(f.most_allowed) + " characters"};
        case field_type::lines: return of_many(f, {"须各为一行文字，不超过 " + counted(events::line_characters_max) + " 字", "give lines of at most " + counted(events::line_characters_max) + " characters each"});
        case field_type::remarks: return of_many(f, {"须逐条填写，每条不超过 " + counted(events::remark_bytes_max) + " 字节", "fill in each of them, in at most " + counted(events::remark_bytes_max) + " bytes each"});
        case field_type::codes: return of_many(f, {"须为代码，不含空格，不重复", "give codes without blanks, each once"});
        case field_type::day: case field_type::moment: return {"须为有效日期", "give a day that there is"};
        case field_type::person: return f.empty_allowed ? told{"须为在职成员，或 0 表示没有", "name an active member, or 0 for nobody"} : told{"须为在职成员", "name an active member"};
        case field_type::people: return of_many(f, {"须为在职成员，不重复", "name active members, each once"});
        case field_type::department: return {"须为部门代码，不含空格，不超过 " + counted(events::code_bytes_max) + " 字节", "give a department's code, without blanks, of at most " + counted(events::code_bytes_max) + " bytes"};
        case field_type::role: return {"须为角色代码，不含空格，不超过 " + counted(events::code_bytes_max) + " 字节", "give a role's code, without blanks, of at most " + counted(events::code_bytes_max) + " bytes"};
        case field_type::roles: return of_many(f, {"须为角色代码，不重复", "give roles' codes, each once"});
        case field_type::list: return of_many(f, {"须逐项填写", "fill in each entry"});
        case field_type::files: return of_many(f, {"须为已上传的附件", "attach files that are uploaded"});
        default: return of_many(f, {"须填写", "fill this in"});
    }
}

}  // namespace

field_refusal::field_refusal(const events::field& f, bool required) {
    auto needs = needed(f, required);
    zh_ = std::move(needs.zh);
    en_ = std::move(needs.en);
    code_ = f.refused_as.empty() ? "bad_" + std::string(f.name) : std::string(f.refused_as);
    told_zh_ = std::string(f.label.zh) + "：" + zh_ + "。";
    told_en_ = std::string(f.label.en) + ": " + en_ + ".";
    why_ = {code_, "", told_zh_, told_en_, obstacle::field, f.name};
}

namespace bounds {

bool holds(const std::string& text, const events::field& f, bool required) {
    const auto most = static_cast<std::size_t>(f.most_allowed);
    if (text::blank(text)) return (!required || f.empty_allowed) && text.size() <= most;
    switch (f.is) {
        case field_type::line: return text::is_line(text, most);
        case field_type::code: return text::is_code(text, most);
        case field_type::hash: return forms::is_sha256(text);
        default: return text::is_prose(text, most);
    }
}

bool holds(std::int64_t number, const events::field& f) { return number >= f.least_allowed && (f.most_allowed == 0 || number <= f.most_allowed); }

bool holds(events::date day) { return day.ok(); }

bool holds(member_id who, const events::field& f, const context& by) { return f.anybody || (!who && f.empty_allowed) || by.people->is_active(who); }

bool holds(const std::vector<member_id>& people, const events::field& f, const context& by) {
    return holds(people.size(), f) && !forms::has_doubles(people) && (f.anybody || forms::all_active(people, by));
}

bool holds(const std::vector<std::string>& all, const events::field& f) {
    return holds(all.size(), f) && std::all_of(all.begin(), all.end(), [&](const std::string& one) {
        if (f.is == field_type::lines) return forms::is_line(one);
        if (f.is == field_type::remarks) return forms::is_remark(one);
        return text::is_code(one, events::code_bytes_max) && (f.most_allowed == 0 || std::count(all.begin(), all.end(), one) == 1);
    });
}

bool holds(const events::department& one) { return text::is_code(one.code, events::code_bytes_max); }
bool holds(const events::role& one) { return text::is_code(one.code, events::code_bytes_max); }
bool holds(const std::vector<events::role>& all, const events::field& f) {
    return holds(all.size(), f) && std::all_of(all.begin(), all.end(), [&](const events::role& one) {
        return holds(one) && (f.most_allowed == 0 || std::count(all.begin(), all.end(), one) == 1);
    });
}

bool holds(const events::bilingual& both, const events::field& f) {
    const auto most = static_cast<std::size_t>(f.most_allowed);
    return text::is_line(both.zh, most) && text::is_line(both.en, most);
}

bool holds(std::size_t members, const events::field& f) { return holds(static_cast<std::int64_t>(members), f); }

}  // namespace bounds
}  // namespace core
