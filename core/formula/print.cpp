#include "core/formula/print.hpp"

#include "core/formula/tokens.hpp"
#include "core/formula/words.hpp"

namespace core::formula {
namespace {

std::string escaped(std::string_view held, char quote) {
    std::string out(1, quote);
    for (const char c : held) {
        if (c == quote || c == '\\') out += '\\';
        out += c;
    }
    return out + quote;
}

std::string values_of(const test& t) {
    std::string out = "(";
    for (const auto& v : t.values) out += (out.size() == 1 ? "" : ", ") + escaped(v, '"');
    return out + ")";
}

std::string printed(const test& t) {
    const auto name = print_name(t.dimension);
    switch (t.relation) {
        case relation::equal: return name + " = " + escaped(t.values.front(), '"');
        case relation::unequal: return name + " != " + escaped(t.values.front(), '"');
        case relation::in: return name + " in " + values_of(t);
        case relation::not_in: return name + " not in " + values_of(t);
        case relation::missing: return name + " is missing";
    }
    return {};
}

bool is_atom(const expression& e) {
    return !std::holds_alternative<negated>(e.is) && !std::holds_alternative<sum>(e.is) && !std::holds_alternative<product>(e.is);
}

std::string in_brackets(const expression& e, bool needed) { return needed ? "(" + print(e) + ")" : print(e); }

}  // namespace

std::string print_name(std::string_view name) { return is_plain_name(name) && !is_reserved(name) ? std::string(name) : escaped(name, '`'); }

std::string print(const filter& of) {
    std::string out;
    for (const auto& all : of) {
        if (!out.empty()) out += " or ";
        for (std::size_t i = 0; i < all.size(); ++i) out += (i ? " and " : "") + printed(all[i]);
    }
    return out;
}

std::string print(const expression& of) {
    return std::visit(cases{
        [](const number& n) { return n.digits; },
        [](const reference& r) { return print_name(r.code); },
        [](const aggregate& a) {
            auto out = std::string(name_of(a.function)) + "(" + (a.field.empty() ? "" : print_name(a.field)) + (a.quantile.empty() ? "" : ", " + a.quantile) + ")";
            return a.where.empty() ? out : out + " where " + print(a.where);
        },
        [](const negated& n) { return "-" + in_brackets(*n.of, !is_atom(*n.of)); },
        [](const sum& s) {
            std::string out;
            for (const auto& t : s.terms) out += (out.empty() ? "" : t.minus ? " - " : " + ") + in_brackets(t.of, std::holds_alternative<sum>(t.of.is));
            return out;
        },
        [](const product& p) {
            std::string out;
            for (const auto& f : p.factors)
                out += (out.empty() ? "" : f.over ? " / " : " * ") + in_brackets(f.of, !is_atom(f.of) && !std::holds_alternative<negated>(f.of.is));
            return out;
        },
        [](const shifted& s) {
            const bool said = s.shift == shift::rolling || s.count != 1;
            return std::string(name_of(s.shift)) + "(" + print(*s.of) + (said ? ", " + std::to_string(s.count) : "") + ")";
        },
    }, of.is);
}

}  // namespace core::formula
