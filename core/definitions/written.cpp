#include "core/definitions/written.hpp"

#include "core/commands.hpp"

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

namespace core::definitions {
namespace {

template <class A>
written_flow written() {
    written_flow f{};
    f.name = events::name_of(A::category);
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<typename A::status>>([&](auto d) { f.statuses.push_back(d.name); });
    f.relations.assign(A::relation_names.begin(), A::relation_names.end());
    f.limits.resize(f.statuses.size());
    if constexpr (requires { A::limits; })
        for (const auto& [status, days] : A::limits) f.limits[static_cast<std::size_t>(status)] = days;
    for (const auto& row : A::flow) {
        written_row r{row.command, row.clause, row.in, row.may, row.never, {}, row.is_awaited(), {}, row.is, row.is_decision(),
                      row.whose_turn ? row.whose_turn : row.may, flow::with_overseers<A>(row.may) & ~row.may};
        f.parts |= row.never;
        if (row.next) r.next = static_cast<unsigned>(*row.next);
        if (row.when) r.guard = row.when->name;
        f.rows.push_back(r);
    }
    f.keeps_version = requires(const typename A::state& s) { A::flow_version(s); };
    f.judges = requires { requires A::judges_people; };
    f.personal = f.parts;
    if constexpr (requires { A::personal; }) f.personal |= A::personal;
    return f;
}

}  // namespace

const std::vector<written_flow>& flows() {
    static const auto all = [] {
        std::vector<written_flow> list;
        boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, aggregate_list>>(
            [&](auto a) { list.push_back(written<typename decltype(a)::type>()); });
        return list;
    }();
    return all;
}

const written_flow* find_flow(std::string_view name) {
    for (const auto& f : flows())
        if (f.name == name) return &f;
    return nullptr;
}

const std::vector<written_form>& forms() {
    static const auto all = [] {
        std::vector<written_form> list{
        {"F1", "项目需求申请表", "Project request"},
        {"F1a", "需求评估意见", "Assessment"},
        {"F2", "项目立项计划书", "Project charter"},
        {"F3", "项目验收申请报告", "Acceptance request"},
        {"F4", "项目验收报告", "Acceptance report"},
        {"F5", "项目总结", "Project summary"},
        {"F6", "绩效考核自评表", "Self-appraisal"},
        {"F7", "绩效考核评价表", "Superior's appraisal"},
        {"F8", "绩效沟通记录与改进计划", "Talk record and improvement plan"},
        {"F16", "奖金、晋升、调薪与奖励决定", "Bonus, promotion, salary and award decision"},
        {"F19", "策略与计划版本", "Strategy or plan version"},
        {"F19a", "执行检查", "Execution check"},
        {"finding", "数据分析发现", "Finding of an analysis"},
    };
        boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, aggregate_list>>([&](auto a) {
            if constexpr (requires { decltype(a)::type::forms; })
                for (const auto& form : decltype(a)::type::forms) list.push_back({form.name, form.label.zh, form.label.en});
        });
        return list;
    }();
    return all;
}

bool is_form(std::string_view name) {
    for (const auto& f : forms())
        if (f.name == name) return true;
    return false;
}

}  // namespace core::definitions
