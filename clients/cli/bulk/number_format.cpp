#include "clients/cli/bulk/number_format.hpp"

#include "clients/cli/bulk/xlsx.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace cli::bulk {
namespace {

constexpr int digits_kept = 15;

/// Digits with the decimal point after the first `point` of them: what a spreadsheet keeps of a number.
struct decimal {
    std::string digits;
    int point = 0;
    bool negative = false;

    explicit decimal(double value) : negative(std::signbit(value)) {
        const auto text = fmt::format("{:.{}e}", std::abs(value), digits_kept - 1);
        const auto e = text.find('e');
        for (const char c : text.substr(0, e))
            if (c != '.') digits += c;
        int exponent = 0;
        const auto* from = text.data() + e + 1 + (text[e + 1] == '+');
        std::from_chars(from, text.data() + text.size(), exponent);
        point = exponent + 1;
        while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
        if (digits == "0") point = 1, negative = false;
    }

    /// Half away from zero, to so many digits after the point.
    void round(int decimals) {
        const auto keep = point + decimals;
        if (keep >= static_cast<int>(digits.size())) return;
        if (keep < 0) {
            digits = "0";
            point = 1;
            return;
        }
        const bool up = digits[static_cast<std::size_t>(keep)] >= '5';
        digits.resize(static_cast<std::size_t>(keep));
        if (up) {
            auto at = digits.rbegin();
            for (; at != digits.rend() && *at == '9'; ++at) *at = '0';
            if (at != digits.rend()) {
                ++*at;
            } else {
                digits.insert(digits.begin(), '1');
                ++point;
            }
        }
        if (digits.find_first_not_of('0') == digits.npos) digits = "0", point = 1;
    }

    bool zero() const { return digits == "0"; }

    std::string before_point() const {
        if (point <= 0) return "0";
        auto out = digits.substr(0, static_cast<std::size_t>(point));
        out.resize(static_cast<std::size_t>(point), '0');
        return out;
    }
    std::string after_point(int decimals) const {
        std::string out;
        for (int i = 0; i < decimals; ++i) {
            const auto at = point + i;
            out += at >= 0 && at < static_cast<int>(digits.size()) ? digits[static_cast<std::size_t>(at)] : '0';
        }
        return out;
    }
};

bool too_long(double value) { return std::abs(value) >= 1e15; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lower(std::string_view s) {
    std::string out(s);
    for (auto& c : out) c = lower(c);
    return out;
}

/// The character at `at`, of as many bytes as UTF-8 gives it.
std::string_view one_character(std::string_view s, std::size_t at) {
    std::size_t end = at + 1;
    while (end < s.size() && (s[end] & 0xC0) == 0x80) ++end;
    return s.substr(at, end - at);
}

}  // namespace

std::string_view built_in_format(unsigned number) {
    switch (number) {
        case 1: return "0";
        case 2: return "0.00";
        case 3: return "#,##0";
        case 4: return "#,##0.00";
        case 5: case 6: case 37: case 38: case 41: case 42: return "#,##0;-#,##0";
        case 7: case 8: case 39: case 40: case 43: case 44: return "#,##0.00;-#,##0.00";
        case 9: return "0%";
        case 10: return "0.00%";
        case 11: return "0.00E+00";
        case 12: return "# ?/?";
        case 13: return "# ?\?/?\?";
        case 18: case 20: case 32: case 34: case 55: return "hh:mm";
        case 19: case 21: case 33: case 35: case 56: return "hh:mm:ss";
        case 22: return "yyyy-mm-dd hh:mm";
        case 45: return "mm:ss";
        case 46: return "[h]:mm:ss";
        case 47: return "mm:ss";
        case 48: return "##0.0E+0";
        case 49: return "@";
        default: break;
    }
    const auto within = [&](unsigned a, unsigned b) { return number >= a && number <= b; };
    return within(14, 17) || within(27, 31) || number == 36 || within(50, 54) || within(57, 58) ? "yyyy-mm-dd" : "";
}

bool number_format::condition::holds(double value) const {
    if (op == "<") return value < than;
    if (op == "<=") return value <= than;
    if (op == ">") return value > than;
    if (op == ">=") return value >= than;
    if (op == "<>") return value != than;
    return value == than;
}

bool number_format::section::has(part p) const { return count(p) > 0; }
std::size_t number_format::section::count(part p) const {
    return static_cast<std::size_t>(std::count_if(tokens.begin(), tokens.end(), [&](const token& t) { return t.is == p; }));
}
bool number_format::section::is_date() const {
    return has(part::day) || has(part::hour) || has(part::minute) || has(part::second) || has(part::elapsed);
}
bool number_format::section::is_number() const { return has(part::digit); }

number_format::number_format(std::string_view code) {
    for (std::size_t at = 0; at < code.size();) sections_.push_back(read_section(code, at));
    // "0;" has a second section, which shows nothing.
    if (code.ends_with(';') && !code.ends_with("\\;")) sections_.emplace_back();
}

void number_format::read_bracket(std::string_view inside, section& into) {
    if (inside.starts_with('$')) {  // a currency, and whose it is
        const auto sign = inside.substr(1, std::min(inside.find('-', 1), inside.size()) - 1);
        if (!sign.empty()) into.tokens.push_back({part::literal, std::string(sign)});
        return;
    }
    const auto digits = inside.find_first_of("-.0123456789");
    if (!inside.empty() && std::string_view("<>=").find(inside[0]) != std::string_view::npos && digits != inside.npos) {
        condition c{std::string(inside.substr(0, digits)), 0};
        std::from_chars(inside.data() + digits, inside.data() + inside.size(), c.than);
        into.when = c;
        return;
    }
    const auto name = lower(inside);
    if (!name.empty() && name.find_first_not_of(name[0]) == name.npos && std::string_view("hms").find(name[0]) != std::string_view::npos)
        into.tokens.push_back({part::elapsed, std::string(1, name[0])});
    else if (name.starts_with("dbnum"))
        into.tokens.push_back({part::unknown, {}});
    // Else a colour.
}

number_format::section number_format::read_section(std::string_view code, std::size_t& at) {
    section s;
    const auto literal = [&](std::string_view text) {
        if (!s.tokens.empty() && s.tokens.back().is == part::literal) s.tokens.back().text += text;
        else s.tokens.push_back({part::literal, std::string(text)});
    };
    while (at < code.size()) {
        const auto rest = code.substr(at);
        const char c = rest[0];
        const auto take_run = [&](part p) {
            std::size_t n = 1;
            while (n < rest.size() && lower(rest[n]) == lower(c)) ++n;
            s.tokens.push_back({p, std::string(rest.substr(0, n))});
            at += n;
        };
        if (c == ';') {
            ++at;
            break;
        }
        if (c == '"') {
            const auto end = std::min(rest.find('"', 1), rest.size());
            literal(rest.substr(1, end - 1));
            at += std::min(end + 1, rest.size());
        } else if (c == '\\' || c == '_' || c == '*') {
            const auto next = rest.size() > 1 ? one_character(rest, 1) : std::string_view();
            if (c == '\\') literal(next);
            at += 1 + next.size();
        } else if (c == '[') {
            const auto end = std::min(rest.find(']'), rest.size());
            read_bracket(rest.substr(1, end - 1), s);
            at += std::min(end + 1, rest.size());
        } else if (lower(rest.substr(0, 7)) == "general") {
            s.tokens.push_back({part::general, {}});
            at += 7;
        } else if (rest.starts_with("G/通用格式")) {
            s.tokens.push_back({part::general, {}});
            at += std::string_view("G/通用格式").size();
        } else if (lower(rest.substr(0, 5)) == "am/pm" || lower(rest.substr(0, 3)) == "a/p") {
            s.tokens.push_back({part::half_day, {}});
            at += lower(rest.substr(0, 5)) == "am/pm" ? 5 : 3;
        } else if (rest.starts_with("上午/下午")) {
            s.tokens.push_back({part::half_day, {}});
            at += std::string_view("上午/下午").size();
        } else if (c == '0' || c == '#' || c == '?') {
            s.tokens.push_back({part::digit, std::string(1, c)});
            ++at;
        } else if (c == '.' || c == ',' || c == '%' || c == '/' || c == '@') {
            s.tokens.push_back({c == '.' ? part::point : c == ',' ? part::comma : c == '%' ? part::percent : c == '/' ? part::slash : part::text, {}});
            ++at;
        } else if ((c == 'E' || c == 'e') && rest.size() > 1 && (rest[1] == '+' || rest[1] == '-')) {
            s.tokens.push_back({part::exponent, std::string(rest.substr(0, 2))});
            at += 2;
        } else if (std::string_view("yYdDeEgGbB").find(c) != std::string_view::npos) {
            take_run(part::day);
        } else if (c == 'm' || c == 'M') {
            take_run(part::minute);  // or a month: told apart below
        } else if (c == 'h' || c == 'H') {
            take_run(part::hour);
        } else if (c == 's' || c == 'S') {
            take_run(part::second);
        } else {
            const auto one = one_character(rest, 0);
            literal(one);
            at += one.size();
        }
    }
    tell_minutes_from_months(s);
    return s;
}

/// Minutes stand after hours or before seconds.
void number_format::tell_minutes_from_months(section& s) {
    const auto is_hours = [](const token& t) { return t.is == part::hour || (t.is == part::elapsed && t.text == "h"); };
    const auto is_seconds = [](const token& t) { return t.is == part::second || (t.is == part::elapsed && t.text == "s"); };
    const auto is_time = [](const token& t) {
        return t.is == part::day || t.is == part::hour || t.is == part::minute || t.is == part::second || t.is == part::elapsed;
    };
    for (std::size_t i = 0; i < s.tokens.size(); ++i) {
        if (s.tokens[i].is != part::minute) continue;
        bool minutes = false;
        for (auto before = i; before-- > 0;)
            if (is_time(s.tokens[before])) {
                minutes = is_hours(s.tokens[before]);
                break;
            }
        for (auto after = i + 1; !minutes && after < s.tokens.size(); ++after)
            if (is_time(s.tokens[after])) {
                minutes = is_seconds(s.tokens[after]);
                break;
            }
        if (!minutes) s.tokens[i].is = part::day;
    }
}

const number_format::section* number_format::chosen(double value, bool& magnitude) const {
    magnitude = false;
    if (sections_.empty()) return nullptr;
    const auto numbers = std::min<std::size_t>(sections_.size(), 3);
    if (std::any_of(sections_.begin(), sections_.end(), [](const section& s) { return s.when.has_value(); })) {
        for (std::size_t i = 0; i < numbers; ++i)
            if (!sections_[i].when || sections_[i].when->holds(value)) return &sections_[i];
        return nullptr;
    }
    magnitude = value < 0 && numbers > 1;
    if (numbers == 1 || value > 0) return &sections_[0];
    if (value < 0) return &sections_[1];
    return numbers == 3 ? &sections_[2] : &sections_[0];
}

std::optional<std::string> number_format::as_date(const section& s, double value, bool from_1904) {
    if (!(value >= 0) || s.has(part::unknown)) return std::nullopt;
    constexpr double seconds_a_day = 86'400;
    auto seconds = std::llround((value - std::floor(value)) * seconds_a_day);
    double whole = std::floor(value);
    if (seconds == 86'400) seconds = 0, ++whole;
    const bool clock = s.has(part::hour) || s.has(part::minute) || s.has(part::second);
    if (s.has(part::elapsed)) {
        const auto all = std::llround(value * seconds_a_day);
        const auto with_seconds = s.has(part::second);
        for (const auto& t : s.tokens) {
            if (t.is != part::elapsed) continue;
            if (t.text == "s") return fmt::format("{}", all);
            if (t.text == "m") return with_seconds ? fmt::format("{}:{:02}", all / 60, all % 60) : fmt::format("{}", all / 60);
            if (!clock) return fmt::format("{}", all / 3600);
            return with_seconds ? fmt::format("{}:{:02}:{:02}", all / 3600, all / 60 % 60, all % 60) : fmt::format("{}:{:02}", all / 3600, all / 60 % 60);
        }
    }
    std::string out;
    if (s.has(part::day)) {
        const auto day = day_of_serial(whole, from_1904);
        if (!day) return std::nullopt;
        out = written(*day);
    }
    if (clock) {
        out += fmt::format("{}{:02}:{:02}", out.empty() ? "" : " ", seconds / 3600, seconds / 60 % 60);
        if (s.has(part::second)) out += fmt::format(":{:02}", seconds % 60);
    }
    return out;
}

std::optional<std::string> number_format::as_number(const section& s, double value) {
    if (s.has(part::slash) || s.has(part::unknown)) return std::nullopt;
    if (too_long(value)) return std::nullopt;
    decimal n(value);
    n.point += 2 * static_cast<int>(s.count(part::percent));

    // Where the point is, and what stands on which side.
    std::size_t whole_places = 0, whole_zeros = 0, decimals_min = 0, decimals = 0, exponent_places = 0, last_digit = 0;
    bool after = false, exponent = false, grouped = false;
    for (std::size_t i = 0; i < s.tokens.size(); ++i) {
        const auto& t = s.tokens[i];
        if (t.is == part::point) after = true;
        if (t.is == part::exponent) exponent = true;
        if (t.is != part::digit) continue;
        last_digit = i;
        if (exponent) {
            ++exponent_places;
        } else if (after) {
            ++decimals;
            if (t.text != "#") decimals_min = decimals;
        } else {
            ++whole_places;
            if (t.text == "0" || whole_zeros > 0) ++whole_zeros;
        }
    }
    std::size_t seen = 0;
    for (std::size_t i = 0; i < s.tokens.size(); ++i) {
        if (s.tokens[i].is == part::digit) ++seen;
        if (s.tokens[i].is != part::comma) continue;
        if (i > last_digit) n.point -= 3;  // in thousands
        else if (seen > 0 && !exponent) grouped = true;
    }
    int power = 0;
    if (exponent && !n.zero()) {
        const auto places = std::max<int>(1, static_cast<int>(whole_places));
        power = n.point - 1;
        power -= ((power % places) + places) % places;
        n.point -= power;
    }
    n.round(static_cast<int>(decimals));
    auto whole = n.before_point();
    if (whole == "0" && whole_zeros == 0) whole.clear();
    if (whole.size() < whole_zeros) whole.insert(0, whole_zeros - whole.size(), '0');
    // Literals within the digits ("000-0000") stand where their digits stand.
    std::string out;
    if (n.negative && !n.zero()) out += '-';
    std::size_t place = 0;
    bool fraction = false, powered = false;
    auto rest = n.after_point(static_cast<int>(decimals));
    while (rest.size() > decimals_min && rest.ends_with('0')) rest.pop_back();
    std::size_t fraction_at = 0;
    for (const auto& t : s.tokens) {
        switch (t.is) {
            case part::literal: out += t.text; break;
            case part::percent: out += '%'; break;
            case part::point:
                fraction = true;
                out += '.';
                break;
            case part::exponent:
                powered = true;
                out += power < 0 ? "E-" : t.text[1] == '+' ? "E+" : "E";
                out += fmt::format("{:0{}}", std::abs(power), std::max<std::size_t>(1, exponent_places));
                break;
            case part::digit:
                if (powered) break;
                if (fraction) {
                    if (fraction_at < rest.size()) out += rest[fraction_at++];
                    break;
                }
                // The first place takes all digits that are more than there are places.
                for (++place; whole.size() > whole_places - place && !whole.empty();) {
                    out += whole[0];
                    whole.erase(0, 1);
                    if (grouped && !whole.empty() && whole.size() % 3 == 0) out += ',';
                }
                break;
            default: break;
        }
    }
    return out;
}

std::optional<std::string> number_format::show(double value, bool from_1904) const {
    bool magnitude = false;
    const auto* s = chosen(value, magnitude);
    if (!s) return sections_.empty() ? plain_number(value) : std::nullopt;
    const auto shown = magnitude ? std::abs(value) : value;
    if (s->is_date()) return as_date(*s, shown, from_1904);
    if (s->is_number()) return as_number(*s, shown);
    if (s->has(part::unknown)) return std::nullopt;
    std::string out;
    bool said = false;
    for (const auto& t : s->tokens) {
        if (t.is == part::literal) out += t.text;
        if (t.is == part::percent) out += '%';
        if (t.is != part::general && t.is != part::text) continue;
        const auto plain = plain_number(s->has(part::percent) ? shown * 100 : shown);
        if (!plain) return std::nullopt;
        out += *plain;
        said = true;
    }
    // A minus sign stands before words too, but not where there is nothing to show.
    if (!said && shown < 0 && !out.empty()) out.insert(0, 1, '-');
    return out;
}

std::string number_format::show(std::string_view text) const {
    const section* s = sections_.size() >= 4 ? &sections_[3] : nullptr;
    for (const auto& one : sections_)
        if (!s && one.has(part::text)) s = &one;
    if (!s) return std::string(text);
    std::string out;
    for (const auto& t : s->tokens) {
        if (t.is == part::literal) out += t.text;
        if (t.is == part::text || t.is == part::general) out += text;
    }
    return out;
}

bool number_format::is_percent() const { return !sections_.empty() && sections_[0].has(part::percent); }
bool number_format::is_date() const {
    return !sections_.empty() && sections_[0].has(part::day);
}

std::optional<std::string> plain_number(double value) {
    if (!std::isfinite(value) || too_long(value)) return std::nullopt;
    const decimal n(value);
    constexpr int decimals_max = 30;
    const auto decimals = std::clamp(static_cast<int>(n.digits.size()) - n.point, 0, decimals_max);
    auto out = (n.negative ? "-" : "") + n.before_point();
    if (decimals > 0) out += "." + n.after_point(decimals);
    return out;
}

}  // namespace cli::bulk
