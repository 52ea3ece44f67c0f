// A refusal cites the clause of the step that was asked for, where it is the step that refuses: every row of every flow.

#include "core/cited.hpp"
#include "tests/support/every_kind.hpp"
#include "tests/support/given.hpp"

namespace core_cited_tests {

using core::cited;
using core::obstacle;

TEST_CASE("refusals: what a row refuses cites the clause of the row", "[core][S1.1][table]") {
    std::size_t tried = 0;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, core::aggregate_list>>([&](auto a) {
        using A = typename decltype(a)::type;
        const auto check = [&](const typename A::row& row, typename A::rejection no) {
            const auto why = A::explain(no);
            INFO(row.command << ' ' << why.code);
            // Somebody who has left, and what is not there, are no matter of the row.
            const bool of_row = no != A::rejection::inactive && why.is != obstacle::missing;
            CHECK(cited(why, row.command, row.clause).clause == (of_row ? row.clause : why.clause));
            tried += of_row;
        };
        for (const auto& row : A::flow) {
            check(row, row.not_yours);
            boost::mp11::mp_for_each<boost::describe::describe_enumerators<typename A::status>>([&](auto at) {
                if (!(row.in & core::flow::from(at.value))) check(row, A::wrong_state(row, at.value));
            });
            if (row.never == 0) continue;
            const auto barred = cited(A::explain(row.never_yours), row.command, row.clause).clause;
            INFO(row.command);
            CHECK((barred == "D1" || barred == row.clause));
        }
    });
    CHECK(tried > 600);
}

TEST_CASE("refusals: a field, and who is barred, cite the rule that they come from", "[core][S1.1][D1][table]") {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, core::aggregate_list>>([&](auto a) {
        using A = typename decltype(a)::type;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<typename A::rejection>>([&](auto no) {
            const auto why = A::explain(no.value);
            for (const auto& row : A::flow) {
                const auto said = cited(why, row.command, row.clause);
                INFO(row.command << ' ' << why.code);
                CHECK(said.code == why.code);
                if (why.is == obstacle::field || why.clause == "D1") CHECK(said.clause == why.clause);
                CHECK(cited(why, "no.such_command", "S9").clause == why.clause);
            }
        });
    });
    const auto of = [](core::project::rejection no, std::string_view command, std::string_view clause) { return cited(core::project::explain(no), command, clause).clause; };
    using no = core::project::rejection;
    CHECK(of(no::not_manager, "project.submit_charter", "S3.1.3") == "S3.1.3");
    CHECK(of(no::not_manager, "project.accept", "S3.3.1") == "S3.3.1");
    CHECK(of(no::not_manager, "project.seal", "S3.3.3") == "S3.3.3");
    CHECK(of(no::own_submission, "project.accept", "S3.3.1") == "D1");
}

}  // namespace core_cited_tests
