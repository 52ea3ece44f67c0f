// Ballots: how many there are, and the check of their count, here, from the sealed ballots on (D7).

#include "clients/cli/commands/rows.hpp"
#include "clients/cli/commands/special/special.hpp"
#include "clients/cli/tally.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

namespace cli {
namespace {

std::vector<shown_column> ballots_of(context&) {
    return {{{"票数", "BALLOTS"}, "ballots", [](const json& r) { return cell{raw(at_or_null(r, "ballots"))}; }, true, false},
            {{"截止", "CLOSES"}, "schedule", [](const json& r) { return cell{text_at(at_or_null(r, "schedule"), "voting_closes")}; }, false, false}};
}

std::string bytes_of(const std::string& base64) {
    if (base64.empty() || base64.size() % 4 != 0) return {};
    std::string out(base64.size() / 4 * 3, '\0');
    if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(base64.data()), static_cast<int>(base64.size())) < 0) return {};
    for (std::size_t end = base64.size(); end > 0 && base64[end - 1] == '='; --end) out.pop_back();
    return out;
}

text said(count_verdict v) {
    switch (v) {
        case count_verdict::holds: return {"计票成立：每张选票只投一人，票数与封存的选票一致", "the count holds: each ballot is for one nominee, and the totals are those of the sealed ballots"};
        case count_verdict::bad_key: return {"公钥无效", "the public key is none"};
        case count_verdict::wrong_invalid: return {"无效票数与所列选票不符", "the number of invalid ballots is not that of the ballots"};
        case count_verdict::voted_twice: return {"有人的选票出现两次", "somebody has two ballots"};
        case count_verdict::bad_opening: return {"解封证明不成立", "the proof of the opening fails"};
        case count_verdict::wrong_total: return {"票数与封存的选票不符", "a total is not that of the sealed ballots"};
    }
    return {};
}

void verify_count(context& about, const std::string& which) {
    const auto it = about.server().get(fmt::format("/api/v1/elections/{}/ballots", names::number("election", which)));
    if (!flag_at(it, "counted"))
        throw failure(exit_code::conflict, "尚未计票：投票截止并计票后才能验证", "it has not been counted yet: there is something to check once voting has closed and the ballots are counted");
    counted_election e;
    e.key = bytes_of(text_at(it, "key"));
    e.proof = bytes_of(text_at(it, "proof"));
    e.invalid = static_cast<std::uint32_t>(number_at(it, "invalid").value_or(0));
    for (const auto& one : list_at(it, "totals")) e.totals.push_back(static_cast<std::uint32_t>(number_at(one, "votes").value_or(0)));
    for (const auto& one : list_at(it, "ballots")) e.ballots.emplace_back(number_at(one, "voter").value_or(0), bytes_of(text_at(one, "ballot")));
    const auto found = check_count(e);
    if (found.verdict != count_verdict::holds) throw failure(exit_code::conflict, std::string(said(found.verdict).zh), std::string(said(found.verdict).en));
    std::string totals;
    for (const auto& one : list_at(it, "totals"))
        totals += (totals.empty() ? "" : "\n") + fmt::format("{}  {}", about.names().name_of(number_at(one, "nominee").value_or(0)), number_at(one, "votes").value_or(0));
    about.out << shown_thing(about, {{"ok", true}, {"ballots", e.ballots.size()}, {"invalid", found.invalid.size()}, {"totals", list_at(it, "totals")}},
                             {{{"结果", "result"}, {about.say(said(found.verdict)), paint::green}},
                              {{"选票", "ballots"}, {std::to_string(e.ballots.size())}},
                              {{"无效", "invalid"}, {std::to_string(found.invalid.size())}},
                              {{"票数", "totals"}, {totals}}});
}

void add_verify(tree& t, CLI::App* noun) {
    auto counted = std::make_shared<std::string>();
    auto* verify = t.verb(noun, "verify", {"在本机验证计票：由封存的选票算起（D7）", "check the count here, from the sealed ballots on (D7)"},
                          "opsroom election verify 1", [counted](context& about) { verify_count(about, *counted); });
    t.required(t.option(verify, "ELECTION", *counted, "", {"编号", "its number"}));
}

}  // namespace

/// The ballot that is recorded is the server's; of the choice that it seals the schema says nothing.
const std::vector<write_row>& election_rows() {
    static const std::vector<write_row> rows{{.noun = "election", .verb = "vote", .type = "election.vote", .target = target::entity,
                                              .about = {"投票：每人一票，截止前可改；选票封存（D7）", "vote: one ballot each, changeable until voting closes; it is sealed (D7)"},
                                              .examples = "opsroom election vote 1 @emma",
                                              .fields = {{"MEMBER", "nominee", value::person, {"投给谁", "for whom"}, true}}}};
    return rows;
}

const special_view special_election{.kind = "election", .columns = ballots_of, .add = add_verify};

}  // namespace cli
