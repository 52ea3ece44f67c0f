#include "core/formula/parse.hpp"

#include "core/formula/tokens.hpp"
#include "core/formula/words.hpp"

#include <charconv>
#include <optional>

namespace core::formula {
namespace {

using kind = token::kind;

std::string shown(const token& t) {
    switch (t.is) {
        case kind::end: return {};
        case kind::text: return "\"" + t.text + "\"";
        default: return t.text;
    }
}

/// The first fault moves it to the end, where nothing more is found: whatever called what found it returns by itself. Calls
/// itself only within brackets, at most depth_max of them.
class parser {
public:
    explicit parser(std::vector<token> all) : all_(std::move(all)) {}

    found<expression> run() {
        if (is_end()) fail(problem::empty, "公式为空：例如 sum(金额) / count()", "the formula is empty: say, for example, sum(amount) / count()");
        auto made = formula();
        if (!is_end()) not_expected("运算符或公式结尾", "an operator or the end");
        if (fault_) return std::vector{*fault_};
        return made;
    }

private:
    const token& now() const { return all_[at_]; }
    const token& after() const { return all_[std::min(at_ + 1, all_.size() - 1)]; }
    bool is_end() const { return now().is == kind::end; }
    bool is_sign(std::string_view s) const { return now().is == kind::sign && now().text == s; }
    bool is(std::string_view word) const { return now().is == kind::name && !now().quoted && is_word(now().text, word); }
    token take() { return is_end() ? now() : all_[at_++]; }
    bool take_sign(std::string_view s) { return is_sign(s) && (++at_, true); }
    bool take_word(std::string_view w) { return is(w) && (++at_, true); }

    void fail_at(place where, problem is, std::string_view zh, std::string_view en) {
        if (!fault_) fault_ = fault_at(where, is, zh, en);
        at_ = all_.size() - 1;
    }
    void fail(problem is, std::string_view zh, std::string_view en) { fail_at(now().at, is, zh, en); }
    void not_expected(std::string_view zh, std::string_view en) {
        if (is_end()) return fail(problem::not_expected, "公式没有写完，此处应为" + std::string(zh), "the formula ends too early: here should be " + std::string(en));
        const auto what = shown(now());
        fail(problem::not_expected, "此处应为" + std::string(zh) + "，而不是" + quoted_zh(what), "here should be " + std::string(en) + ", not " + quoted_en(what));
    }
    void close(place opened) {
        if (take_sign(")") || fault_) return;
        if (!is_end()) return not_expected("运算符或「)」", "an operator or \")\"");
        fail_at(opened, problem::bracket_missing, "括号没有成对：缺「)」", "this bracket is not closed: a \")\" is missing");
    }
    bool deeper(place where) {
        if (++depth_ <= depth_max) return true;
        fail_at(where, problem::too_deep, "括号最多 " + std::to_string(depth_max) + " 层：请把里面的部分另立为指标", "brackets go " + std::to_string(depth_max) + " deep at most: make the inner part a metric of its own");
        return false;
    }

    expression formula() {
        const auto where = now().at;
        sum made;
        made.terms.push_back({false, multiplied()});
        while (is_sign("+") || is_sign("-")) {
            const bool minus = take().text == "-";
            made.terms.push_back({minus, multiplied()});
        }
        if (made.terms.size() == 1) return std::move(made.terms.front().of);
        return {std::move(made), where};
    }

    expression multiplied() {
        const auto where = now().at;
        product made;
        made.factors.push_back({false, signed_atom()});
        while (is_sign("*") || is_sign("/")) {
            const bool over = take().text == "/";
            made.factors.push_back({over, signed_atom()});
        }
        if (made.factors.size() == 1) return std::move(made.factors.front().of);
        return {std::move(made), where};
    }

    expression signed_atom() {
        const auto where = now().at;
        if (!take_sign("-")) return atom();
        if (is_sign("-")) fail(problem::two_signs, "两个负号相连：请去掉，或写成 -(-x)", "two minus signs in a row: leave them out, or write -(-x)");
        return {negated{atom()}, where};
    }

    expression atom() {
        const auto where = now().at;
        if (now().is == kind::number) return {number{take().text}, where};
        if (take_sign("(")) {
            if (!deeper(where)) return {};
            auto made = formula();
            --depth_;
            close(where);
            return made;
        }
        if (now().is != kind::name) {
            not_expected("数字、指标或函数", "a number, a metric or a function");
            return {};
        }
        if (after().is == kind::sign && after().text == "(" && !now().quoted) return called();
        if (!now().quoted && is_reserved(now().text)) {
            const auto word = now().text;
            if (function_called(word)) fail(problem::not_expected, "「" + word + "」是函数：请写 " + word + "(字段)", "\"" + word + "\" is a function: write " + word + "(field)");
            else if (shift_called(word)) fail(problem::not_expected, "「" + word + "」须带括号：请写 " + word + "(公式)", "\"" + word + "\" takes brackets: write " + word + "(formula)");
            else not_expected("数字、指标或函数（同名的指标用反引号）", "a number, a metric or a function (a metric of this name goes in backquotes)");
            return {};
        }
        return {reference{take().text}, where};
    }

    expression called() {
        const auto name = take();
        const auto opened = take().at;
        if (const auto f = function_called(name.text)) return aggregated(*f, name.at, opened);
        if (const auto s = shift_called(name.text)) return moved(*s, name.at, opened);
        const auto meant = did_you_mean(name.text, callable());
        fail_at(name.at, problem::no_such_function, "没有函数" + quoted_zh(name.text) + meant.zh, "there is no function " + quoted_en(name.text) + meant.en);
        return {};
    }

    expression moved(shift s, place where, place opened) {
        if (!deeper(where)) return {};
        auto of = formula();
        --depth_;
        shifted made{s, std::move(of), 1};
        const unsigned least = s == shift::rolling ? 2 : 1, most = s == shift::year_ago ? years_max : count_max;
        const auto bounds = std::to_string(least) + "–" + std::to_string(most);
        const auto bad = [&] {
            fail(problem::bad_count, std::string(name_of(s)) + " 的期数须为 " + bounds + " 的整数，如 " + std::string(name_of(s)) + "(公式, " + std::to_string(least) + ")",
                 std::string(name_of(s)) + " takes a whole number of periods, " + bounds + ", as in " + std::string(name_of(s)) + "(formula, " + std::to_string(least) + ")");
        };
        if (is_sign(",")) {
            take();
            const auto digits = now().is == kind::number ? now().text : std::string();
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), made.count);
            if (error != std::errc() || end != digits.data() + digits.size() || made.count < least || made.count > most) bad();
            else take();
        } else if (s == shift::rolling && is_sign(")")) {
            bad();
        }
        close(opened);
        return {std::move(made), where};
    }

    expression aggregated(function f, place where, place opened) {
        aggregate made{.function = f};
        if (++aggregates_ > aggregates_max)
            fail_at(where, problem::too_many_aggregates, "聚合最多 " + std::to_string(aggregates_max) + " 个：请拆成几个指标", "a formula has " + std::to_string(aggregates_max) + " aggregates at most: split it into several metrics");
        if (!is_sign(")")) argument(made);
        else if (f != function::count)
            fail(problem::field_missing, std::string(name_of(f)) + " 须写明字段：" + std::string(name_of(f)) + "(字段)", std::string(name_of(f)) + " needs a field: " + std::string(name_of(f)) + "(field)");
        quantile_of(made);
        close(opened);
        if (take_word("where")) made.where = filters();
        return {std::move(made), where};
    }

    /// The field; or what somebody wrote who meant something that would lie.
    void argument(aggregate& made) {
        const auto field = now();
        const auto f = std::string(name_of(made.function));
        const bool calls = field.is == kind::name && !field.quoted && after().is == kind::sign && after().text == "(";
        if (calls) return nested(made.function);
        if (field.is == kind::name && !field.quoted && is_reserved(field.text))
            return not_expected("字段（同名的字段用反引号）", "a field (one of this name goes in backquotes)");
        if (field.is != kind::name)
            return fail(problem::not_expected, f + " 的括号内须为一个字段；运算写在外面，如 sum(甲) / sum(乙)", "within " + f + "() stands one field; calculate outside of it, as in sum(a) / sum(b)");
        take();
        made.field = field.text;
        made.field_at = field.at;
        if (is_sign("/") || is_sign("*") || is_sign("+") || is_sign("-"))
            fail(problem::not_additive, "聚合内不能运算：先汇总再计算，如 sum(甲) / sum(乙)", "nothing is calculated within an aggregate: add up first, as in sum(a) / sum(b)");
    }

    void nested(function outer) {
        const auto inner = function_called(now().text);
        const auto what = now().text;
        const auto field = at_ + 2 < all_.size() && all_[at_ + 2].is == kind::name ? all_[at_ + 2].text : std::string("字段");
        const bool known = field != "字段";
        if (inner == function::avg && outer == function::sum)
            return fail(problem::not_additive, "平均值不能再求和：请写 sum(" + field + ")/count()", "averages can't be added up: write sum(" + (known ? field : "field") + ")/count()");
        if (inner) return fail(problem::not_additive, "聚合不能再聚合：请直接写 " + std::string(name_of(*inner)) + "(" + field + ")", "an aggregate can't be aggregated again: write " + std::string(name_of(*inner)) + "(" + (known ? field : "field") + ")");
        if (shift_called(what)) return fail(problem::not_additive, "请写在外面：" + what + "(" + std::string(name_of(outer)) + "(字段))", "this goes outside: " + what + "(" + std::string(name_of(outer)) + "(field))");
        const auto meant = did_you_mean(what, callable());
        fail(problem::no_such_function, "没有函数" + quoted_zh(what) + meant.zh, "there is no function " + quoted_en(what) + meant.en);
    }

    void quantile_of(aggregate& made) {
        const bool wanted = made.function == function::quantile;
        if (!wanted && is_sign(",")) return fail(problem::bad_quantile, "只有 quantile 带第二个数：请去掉", "only quantile takes a second number: leave it out");
        if (!wanted) return;
        const auto bad = [&] { fail(problem::bad_quantile, "quantile 须给出 0 至 1 的分位：quantile(字段, 0.9)", "quantile takes a share from 0 to 1: quantile(field, 0.9)"); };
        if (!take_sign(",")) return bad();
        const auto& q = now().text;
        if (now().is != kind::number || !(q == "0" || q == "1" || q.starts_with("0."))) return bad();
        made.quantile = take().text;
    }

    filter filters() {
        filter all{{tested()}};
        for (;;) {
            if (take_word("and")) all.back().push_back(tested());
            else if (take_word("or")) all.push_back({tested()});
            else return all;
        }
    }

    test tested() {
        test made;
        if (now().is != kind::name || (!now().quoted && is_reserved(now().text))) {
            not_expected("维度", "a dimension");
            return made;
        }
        made.at = now().at;
        made.dimension = take().text;
        if (take_sign("=")) {
            value(made);
        } else if (take_sign("!=")) {
            made.relation = relation::unequal;
            value(made);
        } else if (take_word("in")) {
            made.relation = relation::in;
            values(made);
        } else if (take_word("not")) {
            made.relation = relation::not_in;
            if (!take_word("in")) not_expected("in", "\"in\"");
            values(made);
        } else if (take_word("is")) {
            made.relation = relation::missing;
            if (!take_word("missing")) not_expected("missing", "\"missing\"");
        } else {
            not_expected("=、!=、in、not in 或 is missing", "=, !=, in, not in or is missing");
        }
        return made;
    }

    void values(test& made) {
        const auto opened = now().at;
        if (!take_sign("(")) return not_expected("「(」：in (\"甲\", \"乙\")", "\"(\": in (\"a\", \"b\")");
        do value(made);
        while (take_sign(","));
        close(opened);
    }

    void value(test& made) {
        if (now().is == kind::name) return fail(problem::not_expected, "值须用引号：\"" + now().text + "\"", "a value is written in quotes: \"" + now().text + "\"");
        if (now().is != kind::text && now().is != kind::number) return not_expected("带引号的值", "a value in quotes");
        made.values_at.push_back(now().at);
        made.values.push_back(take().text);
    }

    std::vector<token> all_;
    std::size_t at_ = 0;
    unsigned depth_ = 0, aggregates_ = 0;
    std::optional<fault> fault_;
};

}  // namespace

found<expression> parse(std::string_view text) {
    auto tokens = tokens_of(text);
    if (!tokens.has_value()) return tokens.error();
    return parser(std::move(*tokens)).run();
}

}  // namespace core::formula
