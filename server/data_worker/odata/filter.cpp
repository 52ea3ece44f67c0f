#include "server/data_worker/odata/filter.hpp"

#include "server/data_worker/odata/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace data_worker::odata {
namespace {

constexpr std::array relations{"eq", "ne", "gt", "ge", "lt", "le"};
/// Operators that OData has beside those.
constexpr std::array others{"add", "sub", "mul", "div", "divby", "mod", "has"};

bool is_one_of(const auto& names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); }

const std::string option = "$filter";

class parser {
public:
    explicit parser(std::string_view text) : tokens_(tokens_of(text, option)) {}

    node whole() {
        if (now().is == token::what::end) wrong(option, "$filter 是空的：请写条件，或不要写 $filter", "$filter is empty: write a condition, or leave $filter out");
        auto made = either();
        if (now().is != token::what::end) unexpected("and、or 或结尾", "and, or, or the end");
        return made;
    }

private:
    const token& now() const { return tokens_[at_]; }
    const token& following() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
    token take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
    bool is_word(std::string_view word) const { return now().is == token::what::name && now().name == word; }

    [[noreturn]] void unexpected(const std::string& zh, const std::string& en) const {
        const auto& t = now();
        if (t.is == token::what::name && is_one_of(others, t.name)) not_here(option, t.name);
        if (t.is == token::what::slash) not_here(option, "路径（/）", "a path (/)");
        wrong_at(option, t.at, fmt::format("这里应为 {}", zh), fmt::format("{} is expected here", en));
    }
    void expect(token::what is, const std::string& sign) {
        if (now().is != is) unexpected(sign, sign);
        take();
    }

    /// How deep parentheses, not and functions lie in one another: the parser's own depth.
    struct level {
        explicit level(parser& p) : of(p) {
            if (++of.depth_ > depth_max) wrong_at(option, of.now().at, fmt::format("嵌套超过 {} 层", depth_max), fmt::format("nested more than {} deep", depth_max));
        }
        ~level() { --of.depth_; }
        parser& of;
    };

    node either() { return joined("or", node::what::either, [&] { return both(); }); }
    node both() { return joined("and", node::what::both, [&] { return comparison(); }); }

    node joined(std::string_view word, node::what as, auto part) {
        auto first = part();
        if (!is_word(word)) return first;
        node made{as, {}, {}, {}, first.at};
        made.of.push_back(std::move(first));
        while (is_word(word)) {
            take();
            made.of.push_back(part());
        }
        return made;
    }

    node comparison() {
        auto left = operand();
        if (now().is != token::what::name) return left;
        if (is_word("in")) return list(std::move(left));
        if (!is_one_of(relations, now().name)) return left;
        const auto by = take();
        term();
        node made{node::what::compare, by.name, {}, {}, by.at};
        made.of.push_back(std::move(left));
        made.of.push_back(operand());
        return made;
    }

    node list(node left) {
        node made{node::what::in, {}, {}, {}, take().at};
        term();
        made.of.push_back(std::move(left));
        expect(token::what::open, "(");
        for (;;) {
            auto one = operand();
            if (one.is != node::what::literal) wrong_at(option, one.at, "in 的括号中应为值", "values are expected in the parentheses of in");
            made.of.push_back(std::move(one));
            if (now().is != token::what::comma) break;
            take();
        }
        expect(token::what::close, ")");
        return made;
    }

    void term() {
        if (++terms_ > terms_max) wrong_at(option, now().at, fmt::format("条件超过 {} 项：请用 in 或缩小条件", terms_max), fmt::format("more than {} terms: use in, or narrow the condition", terms_max));
    }

    node operand() {
        const level deeper(*this);
        const auto& t = now();
        if (t.is == token::what::open) {
            take();
            auto made = either();
            expect(token::what::close, ")");
            return made;
        }
        if (t.is == token::what::value) {
            const auto taken = take();
            return {node::what::literal, {}, taken.value, {}, taken.at};
        }
        if (t.is != token::what::name) unexpected("列名、值、函数或 (", "a property, a value, a function or (");
        if (following().is == token::what::open && t.name != "not") return call();
        const auto taken = take();
        if (taken.name == "not") {
            term();
            node made{node::what::negation, {}, {}, {}, taken.at};
            made.of.push_back(operand());
            return made;
        }
        if (taken.name == "null") return {node::what::literal, {}, {kind::text, true, {}, 0}, {}, taken.at};
        if (taken.name == "true" || taken.name == "false") return {node::what::literal, {}, {kind::yes_no, false, taken.name, 0}, {}, taken.at};
        if (now().is == token::what::slash) unexpected("", "");
        return {node::what::property, taken.name, {}, {}, taken.at};
    }

    node call() {
        const auto name = take();
        static constexpr struct {
            std::string_view name;
            std::size_t takes;
        } functions[] = {{"contains", 2}, {"startswith", 2}, {"endswith", 2}, {"year", 1}, {"month", 1}, {"day", 1}};
        const auto* known = std::find_if(std::begin(functions), std::end(functions), [&](const auto& f) { return f.name == name.name; });
        if (known == std::end(functions)) not_here(option, name.name + "()");
        term();
        node made{node::what::call, name.name, {}, {}, name.at};
        expect(token::what::open, "(");
        for (std::size_t i = 0; i < known->takes; ++i) {
            if (i > 0) expect(token::what::comma, ",");
            made.of.push_back(operand());
        }
        expect(token::what::close, ")");
        return made;
    }

    std::vector<token> tokens_;
    std::size_t at_ = 0, depth_ = 0, terms_ = 0;
};

}  // namespace

node parse_filter(std::string_view text) { return parser(text).whole(); }

}  // namespace data_worker::odata
