// Formulas as text (S2.3.2): what is understood, what is written back, and where and how a fault is told.

#include "core/formula/nearest.hpp"
#include "core/formula/parse.hpp"
#include "core/formula/print.hpp"
#include "core/formula/tokens.hpp"
#include "core/formula/words.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <random>

using namespace core::formula;
using namespace std::string_literals;

namespace {

std::string again(std::string_view text) {
    const auto made = parse(text);
    return made.has_value() ? print(*made) : made.error().front().zh;
}

fault first_fault(std::string_view text) {
    const auto made = parse(text);
    REQUIRE(made.has_error());
    return made.error().front();
}

/// Any formula that the grammar has, and parse() makes.
class writer {
public:
    explicit writer(std::uint64_t seed) : engine_(seed) {}

    expression formula(unsigned deep) {
        switch (up_to(deep == 0 ? 2 : 6)) {
            case 0: return {number{number_text()}, {}};
            case 1: return {reference{name()}, {}};
            case 2: return {aggregated(), {}};
            case 3: return {negated{box<expression>(inner(deep))}, {}};
            case 4: {
                sum s;
                for (auto n = 2 + up_to(2); n > 0; --n) s.terms.push_back({!s.terms.empty() && one_in(2), inner(deep)});
                return {s, {}};
            }
            case 5: {
                product p;
                for (auto n = 2 + up_to(2); n > 0; --n) p.factors.push_back({!p.factors.empty() && one_in(2), inner(deep)});
                return {p, {}};
            }
            default: {
                const auto s = static_cast<shift>(up_to(2));
                return {shifted{s, box<expression>(inner(deep)), s == shift::rolling ? 2 + up_to(30) : 1 + up_to(9)}, {}};
            }
        }
    }

private:
    std::uint32_t up_to(std::uint32_t most) { return static_cast<std::uint32_t>(engine_() % (most + 1)); }
    bool one_in(std::uint32_t n) { return up_to(n - 1) == 0; }
    expression inner(unsigned deep) { return formula(deep - 1); }
    std::string number_text() { return canonical_number(std::to_string(up_to(5000)) + "." + std::to_string(up_to(999))); }
    std::string name() {
        static const std::vector<std::string> all{"金额", "order.buyer", "x", "7日留存", "sum", "WHERE", "金额(元)", "a b", "back`tick", "a\\b", "Ünïcode", "missing", "销售额_2", "1", "à la carte", "前.后", "2026.预算"};
        return all[up_to(static_cast<std::uint32_t>(all.size() - 1))];
    }
    std::string text() {
        static const std::vector<std::string> all{"paid", "天猫", "", "a \"quoted\" one", "c:\\x", "“弯引号”", "(,)", "it's", "3"};
        return all[up_to(static_cast<std::uint32_t>(all.size() - 1))];
    }
    test tested() {
        test t{name(), static_cast<relation>(up_to(4)), {}, {}, {}};
        const auto n = t.relation == relation::missing ? 0 : t.relation == relation::in || t.relation == relation::not_in ? 1 + up_to(3) : 1;
        for (std::uint32_t i = 0; i < n; ++i) t.values.push_back(text());
        t.values_at.resize(n);
        return t;
    }
    aggregate aggregated() {
        aggregate a{.function = static_cast<function>(up_to(8))};
        if (a.function != function::count || one_in(2)) a.field = name();
        if (a.function == function::quantile) a.quantile = one_in(4) ? "1" : canonical_number("0." + std::to_string(up_to(99)));
        if (one_in(2))
            for (auto n = 1 + up_to(2); n > 0; --n) {
                a.where.emplace_back();
                for (auto m = 1 + up_to(2); m > 0; --m) a.where.back().push_back(tested());
            }
        return a;
    }

    std::mt19937_64 engine_;
};

unsigned aggregates_in(const expression& of) {
    unsigned n = 0;
    each(of, [&](const expression& e) { n += std::holds_alternative<aggregate>(e.is); });
    return n;
}

}  // namespace

TEST_CASE("formula: what is typed is written back in one way", "[core][formula][S2.3.2]") {
    const std::vector<std::pair<std::string, std::string>> all{
        {"1", "1"}, {"007.50", "7.5"}, {"0.0", "0"}, {"(((1)))", "1"}, {" 1+2 -3", "1 + 2 - 3"}, {"1+(2-3)", "1 + (2 - 3)"}, {"(1+2)*3", "(1 + 2) * 3"},
        {"1+2*3", "1 + 2 * 3"}, {"1/2/3", "1 / 2 / 3"}, {"1/(2/3)", "1 / (2 / 3)"}, {"-x*-y", "-x * -y"}, {"-(x)", "-x"}, {"-(-x)", "-(-x)"}, {"-(x*y)", "-(x * y)"}, {"a - -b", "a - -b"},
        {"SUM(金额)", "sum(金额)"}, {"count ( )", "count()"}, {"quantile(x,0.90)", "quantile(x, 0.9)"}, {"count_distinct(order.buyer)", "count_distinct(order.buyer)"},
        {"sum(x) where a=\"b\" AND c!=\"d\" or e is missing", "sum(x) where a = \"b\" and c != \"d\" or e is missing"},
        {"sum(x) where a in (\"b\",'') / 2", "第 24 字：文字须用双引号：\"…\"。"},
        {"sum(x) where a not  in (\"b\", 3) / sum(y)", "sum(x) where a not in (\"b\", \"3\") / sum(y)"},
        {"previous(x)", "previous(x)"}, {"previous(x,1)", "previous(x)"}, {"previous(x,2)", "previous(x, 2)"}, {"rolling(x+y,7)", "rolling(x + y, 7)"}, {"Year_Ago(x)", "year_ago(x)"},
        {"sum（金额）／count（）", "sum(金额) / count()"}, {"sum(金额) where 渠道＝“天猫”", "sum(金额) where 渠道 = \"天猫\""}, {"sum(金额) where 渠道 in （「天猫」、「抖音」）", "sum(金额) where 渠道 in (\"天猫\", \"抖音\")"},
        {"a × b ÷ c － d ＋ e", "a * b / c - d + e"}, {"sum(x) where a≠\"b\"", "sum(x) where a != \"b\""}, {"a\u3000+\n\tb", "a + b"},
        {"`sum` + `金额(元)`", "`sum` + `金额(元)`"}, {"7日留存", "7日留存"}, {"`普通`", "普通"}, {"`a\\`b`", "`a\\`b`"}, {"sum(x) where a = \"\\\"\\\\\"", "sum(x) where a = \"\\\"\\\\\""},
    };
    for (const auto& [typed, printed] : all) {
        CAPTURE(typed);
        CHECK(again(typed) == printed);
        if (parse(typed).has_value()) CHECK(again(printed) == printed);
    }
}

TEST_CASE("formula: \"and\" binds more than \"or\", and a filter ends where the calculation goes on", "[core][formula][S2.3.2]") {
    const auto made = parse("sum(x) where a = \"1\" or b = \"2\" and c = \"3\" / 2");
    REQUIRE(made.has_value());
    const auto& p = std::get<product>(made->is);
    const auto& where = std::get<aggregate>(p.factors[0].of.is).where;
    REQUIRE(where.size() == 2);
    CHECK(where[0].size() == 1);
    CHECK(where[1].size() == 2);
    CHECK(std::get<number>(p.factors[1].of.is).digits == "2");
}

TEST_CASE("formula: a fault says where it is and what would cure it", "[core][formula][S2.3.2]") {
    struct row {
        std::string typed;
        problem is;
        std::uint32_t at;
        std::string zh, en;
    };
    const std::vector<row> all{
        {"", problem::empty, 1, "第 1 字：公式为空：例如 sum(金额) / count()。", "Character 1: the formula is empty: say, for example, sum(amount) / count()."},
        {" \n", problem::empty, 3, "公式为空", "empty"},
        {"sum(金额) +", problem::not_expected, 10, "公式没有写完，此处应为数字、指标或函数", "the formula ends too early"},
        {"sum(金额) sum(x)", problem::not_expected, 9, "此处应为运算符或公式结尾，而不是「sum」", "an operator or the end, not \"sum\""},
        {"(1 + 2", problem::bracket_missing, 1, "括号没有成对：缺「)」", "this bracket is not closed"},
        {"1 + 2)", problem::not_expected, 6, "而不是「)」", "not \")\""},
        {"sum(x", problem::bracket_missing, 4, "括号没有成对", "not closed"},
        {"sum(x y)", problem::not_expected, 7, "此处应为运算符或「)」，而不是「y」", "an operator or \")\", not \"y\""},
        {"--1", problem::two_signs, 2, "两个负号相连：请去掉，或写成 -(-x)", "two minus signs in a row"},
        {"1 * / 2", problem::not_expected, 5, "而不是「/」", "not \"/\""},
        {"summ(金额)", problem::no_such_function, 1, "没有函数「summ」，是否为「sum」？", "there is no function \"summ\"; did you mean \"sum\"?"},
        {"求和(金额)", problem::no_such_function, 1, "没有函数「求和」。", "there is no function"},
        {"avg(summ(金额))", problem::no_such_function, 5, "没有函数「summ」，是否为「sum」？", "did you mean \"sum\"?"},
        {"sum", problem::not_expected, 1, "「sum」是函数：请写 sum(字段)", "write sum(field)"},
        {"1 + rolling", problem::not_expected, 5, "「rolling」须带括号", "takes brackets"},
        {"1 + where", problem::not_expected, 5, "（同名的指标用反引号），而不是「where」", "in backquotes"},
        {"sum(missing)", problem::not_expected, 5, "此处应为字段（同名的字段用反引号），而不是「missing」", "in backquotes"},
        {"sum()", problem::field_missing, 5, "sum 须写明字段：sum(字段)", "sum needs a field"},
        {"quantile(x)", problem::bad_quantile, 11, "quantile(字段, 0.9)", "quantile(field, 0.9)"},
        {"quantile(x, 90)", problem::bad_quantile, 13, "0 至 1", "from 0 to 1"},
        {"sum(x, 0.5)", problem::bad_quantile, 6, "只有 quantile 带第二个数", "only quantile"},
        {"sum(avg(金额))", problem::not_additive, 5, "平均值不能再求和：请写 sum(金额)/count()", "averages can't be added up: write sum(金额)/count()"},
        {"max(sum(金额))", problem::not_additive, 5, "聚合不能再聚合：请直接写 sum(金额)", "an aggregate can't be aggregated again: write sum(金额)"},
        {"sum(previous(x))", problem::not_additive, 5, "请写在外面：previous(sum(字段))", "previous(sum(field))"},
        {"avg(金额 / 人数)", problem::not_additive, 8, "聚合内不能运算：先汇总再计算，如 sum(甲) / sum(乙)", "add up first"},
        {"avg((金额))", problem::not_expected, 5, "avg 的括号内须为一个字段", "within avg() stands one field"},
        {"rolling(x)", problem::bad_count, 10, "rolling 的期数须为 2–366 的整数，如 rolling(公式, 2)", "2–366"},
        {"rolling(x, 1)", problem::bad_count, 12, "2–366", "2–366"},
        {"previous(x, 0)", problem::bad_count, 13, "1–366", "1–366"},
        {"previous(x, 1.5)", problem::bad_count, 13, "1–366", "1–366"},
        {"previous(x, y)", problem::bad_count, 13, "1–366", "1–366"},
        {"year_ago(x, 11)", problem::bad_count, 13, "1–10", "1–10"},
        {"previous(x, 99999999999)", problem::bad_count, 13, "1–366", "1–366"},
        {"sum(x) where", problem::not_expected, 13, "公式没有写完，此处应为维度", "a dimension"},
        {"sum(x) where a", problem::not_expected, 15, "=、!=、in、not in 或 is missing", "=, !=, in, not in or is missing"},
        {"sum(x) where a = 天猫", problem::not_expected, 18, "值须用引号：\"天猫\"", "a value is written in quotes: \"天猫\""},
        {"sum(x) where a in \"b\"", problem::not_expected, 19, "in (\"甲\", \"乙\")", "in (\"a\", \"b\")"},
        {"sum(x) where a in ()", problem::not_expected, 20, "此处应为带引号的值，而不是「)」", "a value in quotes"},
        {"sum(x) where a not \"b\"", problem::not_expected, 20, "此处应为in", "\"in\""},
        {"sum(x) where a is \"b\"", problem::not_expected, 19, "此处应为missing", "\"missing\""},
        {"sum(x) where a = \"b", problem::text_not_closed, 18, "引号没有成对", "not closed"},
        {"`金额", problem::text_not_closed, 1, "反引号没有成对", "backquote"},
        {"``", problem::unwanted_character, 1, "看得见的文字", "can be seen"},
        {"1.", problem::bad_number, 1, "小数须写成 0.5 这样", "written as 0.5"},
        {"1.5倍", problem::bad_number, 1, "后面不接文字", "nothing joined"},
        {"1.2.3", problem::bad_number, 1, "小数", "decimal"},
        {"1234567890123456789", problem::bad_number, 1, "数字过长", "too long"},
        {"sum(x) > 1", problem::unknown_character, 8, "公式里不能有「>」", "there is no \">\" in a formula"},
        {"5%", problem::unknown_character, 2, "请写成小数，如 0.05", "write a decimal"},
        {"a ! b", problem::unknown_character, 3, "「!」后须为「=」", "followed by \"=\""},
        {"x 👍", problem::unknown_character, 3, "公式里不能有「👍」", "👍"},
    };
    for (const auto& [typed, is, at, zh, en] : all) {
        CAPTURE(typed);
        const auto f = first_fault(typed);
        CHECK(f.is == is);
        CHECK(f.at == at);
        CHECK_THAT(f.zh, Catch::StartsWith("第 " + std::to_string(at) + " 字：") && Catch::Contains(zh));
        CHECK_THAT(f.en, Catch::StartsWith("Character " + std::to_string(at) + ": ") && Catch::Contains(en));
    }
}

TEST_CASE("formula: brackets go eight deep, and there are 32 aggregates", "[core][formula][S2.3.2]") {
    const auto nested = [](unsigned n) { return std::string(n, '(') + "1" + std::string(n, ')'); };
    CHECK(parse(nested(8)).has_value());
    CHECK(first_fault(nested(9)).is == problem::too_deep);
    CHECK(first_fault(nested(9)).at == 9);
    CHECK(parse("previous(previous(previous(previous(previous(previous(previous(previous(x))))))))").has_value());
    CHECK(first_fault("-(previous(previous(previous(previous(previous(previous(previous(previous(x)))))))))").is == problem::too_deep);
    std::string many = "count()";
    for (int i = 1; i < 32; ++i) many += "+count()";
    CHECK(parse(many).has_value());
    CHECK(first_fault(many + "+count()").is == problem::too_many_aggregates);
    CHECK(first_fault(many + "+count()").at == 257);
    // A long chain is no depth.
    std::string chain = "1";
    while (chain.size() + 2 <= bytes_max) chain += "+1";
    CHECK(parse(chain).has_value());
    CHECK(first_fault(chain + "+1").is == problem::too_long);
    CHECK(first_fault(chain + "+1").at == 0);
    CHECK(first_fault(chain + "+1").zh == "公式不能超过 4096 字节：请把一部分另立为指标。");
}

TEST_CASE("formula: the text of an adversary ends in a fault, and soon", "[core][formula][S2.3.2]") {
    const auto began = std::chrono::steady_clock::now();
    CHECK(first_fault(std::string(bytes_max, '-')).is == problem::two_signs);
    CHECK(first_fault(std::string(bytes_max, '(')).is == problem::too_deep);
    CHECK(first_fault(std::string(bytes_max, ')')).is == problem::not_expected);
    CHECK(first_fault(std::string(bytes_max, '"')).is == problem::not_expected);
    CHECK(first_fault(std::string(bytes_max, '1')).is == problem::bad_number);
    CHECK(first_fault(std::string(1 << 24, '(')).is == problem::too_long);
    CHECK(parse(std::string(bytes_max, 'x')).has_value());
    CHECK(first_fault("sum(金\xFF)").is == problem::not_utf8);
    CHECK(first_fault("sum(金\xFF)").at == 6);
    for (const auto& no : {"\xC0\x80"s, "\xED\xA0\x80"s, "\xF5\x80\x80\x80"s, "a\xE9"s, "\xE2\x82"s}) CHECK(first_fault(no).is == problem::not_utf8);
    for (const auto& no : {"a\u202E + b"s, "a + \u2066b"s, "a\u200F"s, "\"\u202E\""s, "a\0b"s, "a\u0007"s, "a\uFFFE"s}) {
        CAPTURE(no);
        CHECK(first_fault(no).is == problem::unwanted_character);
    }
    CHECK(first_fault("a\u202E + b").at == 2);
    CHECK(first_fault("a\u202E + b").zh == "第 2 字：不能有看不见的控制字符 U+202E：请删除。");
    for (const auto& no : {"a\u200B + b"s, "a\u00AD"s, "\uFEFFa"s, "a\u3164b"s, "a\u2060"s}) {
        CAPTURE(no);
        CHECK(first_fault(no).is == problem::unknown_character);
    }
    CHECK_THAT(first_fault("a\u200B").zh, Catch::Contains("U+200B"));
    CHECK(first_fault("`a\u200Bb`").is == problem::unwanted_character);
    // Whatever bytes there are.
    std::mt19937_64 engine(7);
    const std::string likely = "()()+-*/,=!\"`x1.金 \xFF";
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        for (auto n = engine() % 60; n > 0; --n) text += likely[engine() % likely.size()];
        const auto made = parse(text);
        if (made.has_value()) CHECK(again(print(*made)) == print(*made));
        else CHECK(made.error().size() == 1);
    }
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(30));
}

TEST_CASE("formula: what is printed is read as what it was, for any formula", "[core][formula][S2.3.2]") {
    unsigned tried = 0;
    for (std::uint64_t seed = 0; tried < 10'000; ++seed) {
        const auto made = writer(seed).formula(static_cast<unsigned>(seed % 5));
        const auto text = print(made);
        if (text.size() > bytes_max || aggregates_in(made) > aggregates_max) continue;
        ++tried;
        const auto read = parse(text);
        CAPTURE(seed, text);
        REQUIRE(read.has_value());
        REQUIRE(*read == made);
        REQUIRE(print(*read) == text);
    }
}

TEST_CASE("formula: the nearest name is suggested, and none where nothing is near", "[core][formula][S2.3.2]") {
    const std::vector<std::string> all{"渠道", "状态", "订单金额", "amount", "Status"};
    CHECK(nearest("渠到", all) == "渠道");
    CHECK(nearest("道渠", all) == "渠道");
    CHECK(nearest("订单金", all) == "订单金额");
    CHECK(nearest("ammount", all) == "amount");
    CHECK(nearest("AMOUNT", all) == "amount");
    CHECK(nearest("status", all) == "Status");
    CHECK(nearest("人", all).empty());
    CHECK(nearest("地区", all).empty());
    CHECK(nearest("", all).empty());
    CHECK(nearest("\xFF\xFF", all).empty());
    CHECK(nearest(std::string(4000, 'x'), all).empty());
}
