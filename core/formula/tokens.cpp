#include "core/formula/tokens.hpp"

#include "core/kernel/text.hpp"

#include <utf8proc.h>

#include <array>
#include <cstdio>
#include <utility>

namespace core::formula {
namespace {

constexpr std::size_t quoted_characters_max = 200;
constexpr std::size_t digits_before_max = 18, digits_after_max = 9;

struct character {
    char32_t code;
    std::size_t begins, ends;  ///< bytes
};

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

bool is_letter(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    const auto& about = *utf8proc_get_property(static_cast<utf8proc_int32_t>(c));
    return about.category >= UTF8PROC_CATEGORY_LU && about.category <= UTF8PROC_CATEGORY_LO && !about.ignorable;
}

/// What may follow a letter in a name: accents, and the digits of any script.
bool goes_on(char32_t c) {
    if (is_letter(c) || is_digit(c)) return true;
    if (c < 0x80) return false;
    const auto& about = *utf8proc_get_property(static_cast<utf8proc_int32_t>(c));
    return about.category >= UTF8PROC_CATEGORY_MN && about.category <= UTF8PROC_CATEGORY_NO && about.category != UTF8PROC_CATEGORY_ME && !about.ignorable;
}

bool is_space(char32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x3000 || c == 0xA0; }

/// The sign that is meant; 0: none.
char sign_of(char32_t c) {
    static constexpr std::array<std::pair<char32_t, char>, 19> wide{{{U'（', '('}, {U'）', ')'}, {U'，', ','}, {U'、', ','}, {U'＋', '+'}, {U'－', '-'},
        {U'−', '-'}, {U'×', '*'}, {U'＊', '*'}, {U'÷', '/'}, {U'／', '/'}, {U'＝', '='}, {U'！', '!'}, {U'≠', '#'}, {U'“', '"'}, {U'”', '"'}, {U'＂', '"'}, {U'「', '"'}, {U'」', '"'}}};
    if (c < 0x80) return std::string_view("()+-*/,=!\"").find(static_cast<char>(c)) != std::string_view::npos ? static_cast<char>(c) : '\0';
    for (const auto& [from, to] : wide)
        if (from == c) return to;
    return '\0';
}

/// What closes a text that this opens.
bool closes(char32_t opened, char32_t c) {
    if (opened == U'「') return c == U'」';
    if (opened == U'"' || opened == U'＂') return c == opened;
    return c == U'”' || c == U'“';
}

std::string code_point(char32_t c) {
    char as[16];
    std::snprintf(as, sizeof as, "U+%04X", static_cast<unsigned>(c));
    return as;
}

class lexer {
public:
    explicit lexer(std::string_view text) : text_(text) {}

    found<std::vector<token>> run() {
        if (!decode()) return std::vector{*fault_};
        while (!fault_ && !over()) one();
        if (fault_) return std::vector{*fault_};
        add(token::kind::end, "", here());
        return std::move(made_);
    }

private:
    bool over() const { return at_ == all_.size(); }
    char32_t now() const { return all_[at_].code; }
    char32_t after() const { return at_ + 1 < all_.size() ? all_[at_ + 1].code : U'\0'; }
    place here() const { return {static_cast<std::uint32_t>(at_ + 1)}; }
    std::string_view from(std::size_t begin) const { return text_.substr(all_[begin].begins, all_[at_ - 1].ends - all_[begin].begins); }
    void add(token::kind is, std::string_view text, place where, bool quoted = false) { made_.push_back({is, std::string(text), where, quoted}); }
    void fail(place where, problem is, std::string_view zh, std::string_view en) {
        if (!fault_) fault_ = fault_at(where, is, zh, en);
    }

    bool decode() {
        if (text_.size() > bytes_max) {
            fail({}, problem::too_long, "公式不能超过 " + std::to_string(bytes_max) + " 字节：请把一部分另立为指标", "a formula has at most " + std::to_string(bytes_max) + " bytes: make a part of it a metric of its own");
            return false;
        }
        for (std::size_t at = 0; at < text_.size();) {
            utf8proc_int32_t c = -1;
            const auto n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text_.data()) + at, static_cast<utf8proc_ssize_t>(text_.size() - at), &c);
            const place where{static_cast<std::uint32_t>(all_.size() + 1)};
            if (n <= 0) {
                fail(where, problem::not_utf8, "不是有效的 UTF-8 字符：请删除后重新输入", "this is no valid UTF-8: delete it and type it again");
                return false;
            }
            const auto begins = std::exchange(at, at + static_cast<std::size_t>(n));
            all_.push_back({static_cast<char32_t>(c), begins, at});
            if (text::first_unwanted(text_.substr(begins, at - begins))) {
                const auto which = code_point(static_cast<char32_t>(c));
                fail(where, problem::unwanted_character, "不能有看不见的控制字符 " + which + "：请删除", "the unseen control character " + which + " may not be here: delete it");
                return false;
            }
        }
        return true;
    }

    void one() {
        const auto c = now();
        if (is_space(c)) ++at_;
        else if (is_digit(c) || is_letter(c)) word();
        else if (c == U'`') quoted(token::kind::name);
        else if (const char sign = sign_of(c); sign == '"') quoted(token::kind::text);
        else if (sign) signs(sign);
        else unknown();
    }

    void unknown() {
        const auto shown = text::one_line(from_here()) && !text::blank(from_here()) ? std::string(from_here()) : code_point(now());
        if (now() == U'\'' || now() == U'‘' || now() == U'’')
            return fail(here(), problem::unknown_character, "文字须用双引号：\"…\"", "text is written in double quotes: \"…\"");
        if (now() == U'%' || now() == U'％')
            return fail(here(), problem::unknown_character, "公式里不写 %：请写成小数，如 0.05；指标的单位可为 %", "no % in a formula: write a decimal, as 0.05; the metric's unit may be %");
        fail(here(), problem::unknown_character, "公式里不能有" + quoted_zh(shown) + "；名称中有符号时用反引号：`名称`", "there is no " + quoted_en(shown) + " in a formula; a name with signs is written in backquotes: `name`");
    }
    std::string_view from_here() const { return text_.substr(all_[at_].begins, all_[at_].ends - all_[at_].begins); }

    void signs(char sign) {
        const auto where = here();
        ++at_;
        if (sign == '#') return add(token::kind::sign, "!=", where);
        if (sign != '!') return add(token::kind::sign, std::string_view(&sign, 1), where);
        if (over() || sign_of(now()) != '=') return fail(where, problem::unknown_character, "「!」后须为「=」", "\"!\" is followed by \"=\"");
        ++at_;
        add(token::kind::sign, "!=", where);
    }

    /// A name or a number. Digits that letters follow at once begin a name: "7日留存".
    void word() {
        const auto begin = at_;
        const auto where = here();
        while (!over() && is_digit(now())) ++at_;
        const bool named = !over() && (at_ == begin || goes_on(now()));
        if (named) {
            while (!over() && (goes_on(now()) || (now() == U'.' && is_letter(after())))) ++at_;
            return add(token::kind::name, from(begin), where);
        }
        if (!over() && now() == U'.') {
            ++at_;
            const auto digits = at_;
            while (!over() && is_digit(now())) ++at_;
            if (at_ == digits || (!over() && (goes_on(now()) || now() == U'.')))
                return fail(where, problem::bad_number, "小数须写成 0.5 这样，后面不接文字", "a decimal is written as 0.5, with nothing joined to it");
        }
        const auto canonical = canonical_number(from(begin));
        if (canonical.empty()) return fail(where, problem::bad_number, "数字过长：小数点前最多 18 位，后最多 9 位", "this number is too long: it may have 18 digits before and 9 after the point");
        add(token::kind::number, canonical, where);
    }

    void quoted(token::kind is) {
        const auto where = here();
        const auto opened = now();
        std::string held;
        const auto begin = ++at_;
        for (;; ++at_) {
            if (over() || now() == U'\n')
                return is == token::kind::name ? fail(where, problem::text_not_closed, "反引号没有成对：请在名称后补「`」", "this backquote is not closed: put a ` after the name")
                                               : fail(where, problem::text_not_closed, "引号没有成对：请在文字后补「\"」", "these quotes are not closed: put a \" after the text");
            if (now() == U'\\' && (after() == U'\\' || after() == U'"' || after() == U'`')) ++at_;
            else if (is == token::kind::name ? now() == U'`' : closes(opened, now())) break;
            held += from_here();
        }
        const bool good = at_ - begin <= quoted_characters_max && (is == token::kind::name ? text::one_line(held) && !text::blank(held) : held.empty() || text::one_line(held));
        ++at_;
        if (!good) return fail(where, problem::unwanted_character, "引号内须为一行看得见的文字，不超过 200 字", "within quotes stands one line of at most 200 characters that can be seen");
        add(is, held, where, is == token::kind::name);
    }

    std::string_view text_;
    std::vector<character> all_;
    std::size_t at_ = 0;
    std::vector<token> made_;
    std::optional<fault> fault_;
};

}  // namespace

found<std::vector<token>> tokens_of(std::string_view text) { return lexer(text).run(); }

bool is_plain_name(std::string_view name) {
    const auto all = lexer(name).run();
    return all.has_value() && all->size() == 2 && all->front() == token{token::kind::name, std::string(name), {}, false};
}

std::string canonical_number(std::string_view digits) {
    const auto all_digits = [](std::string_view s) { return s.find_first_not_of("0123456789") == s.npos; };
    const auto point = digits.find('.');
    auto before = digits.substr(0, point), after = point == digits.npos ? std::string_view() : digits.substr(point + 1);
    if (before.empty() || !all_digits(before) || !all_digits(after)) return {};
    before.remove_prefix(std::min(before.find_first_not_of('0'), before.size() - 1));
    if (before.size() > digits_before_max || after.size() > digits_after_max) return {};
    after = after.substr(0, after.find_last_not_of('0') + 1);
    return after.empty() ? std::string(before) : std::string(before) + "." + std::string(after);
}

}  // namespace core::formula
