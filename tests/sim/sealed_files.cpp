// By whose keys a file is read follows from what carries it, whichever form about a person that is; and from who was erased.

#include "server/blobs/attachable.hpp"
#include "server/engine/aggregates.hpp"
#include "tests/sim/room.hpp"
#include "tests/sim/text_file.hpp"
#include "tests/support/raw_disk.hpp"
#include "tests/support/temp_folder.hpp"

namespace sim::sealed_files_tests {

using core::appraisal;
using core::cycle;
using core::incentive;
using core::member;
using core::request;
namespace blobs = server::blobs;

namespace {

constexpr events::stream_id the_cycle{events::category::cycle, 1};
constexpr events::stream_id weis{events::category::appraisal, 1};

struct desk {
    events::memory_log log;
    events::memory_keyring keys;
    support::temp_folder folder;
    blobs::store files{folder / "blobs", folder / "keys", keys, {.asked_for = 0ms}};
    blobs::attachable attachable{files};
    room r{log, keys, {.utc_offset = 0min, .files = &attachable}};
    std::uint64_t zhou, lin, wei, hui, noah;

    desk() {
        attachable.read_from(r.read);
        r.start();
        zhou = r.join("zhou", "SL", "board");
        lin = r.join("lin", "OM");
        wei = r.join("wei", "SP");
        hui = r.join("hui", "HR", "personnel");
        noah = r.join("noah", "RQ", "marketing");
        r.must<member>(0, member::set_superior{{lin}}, member_no(wei));
        r.must<member>(0, member::set_superior{{zhou}}, member_no(lin));
        r.must<core::indicators>(0, *core::handbook_indicators({"SP"}));
        r.must<cycle>(hui, cycle::plan{events::cycle::kind::quarter, 2026, 4, {}});
        r.must<cycle>(hui, cycle::open{"early"}, the_cycle);
        settle();
    }

    events::form_extras with(std::uint64_t who, std::string_view content) {
        const auto a = text_file(content);
        REQUIRE(files.begin({who}, a.sha256, a.bytes, a.media_type, 1 << 20).error == blobs::blob_error::none);
        REQUIRE(files.append({who}, a.sha256, 0, content).complete);
        return {1, {}, {a}};
    }
    /// As the server does after each batch, and each second.
    void settle() {
        r.settle();
        for (const auto& batch : r.published()) {
            files.look_again(wire::attached_in(*batch));
            for (const auto& e : batch->events)
                if (const auto* about = events::get_if<events::member::any>(&e.what.event); about && std::holds_alternative<events::member::erased>(*about))
                    files.look_again_for({e.what.envelope.stream.number});
        }
        while (files.settle(1 << 20, [this](const std::string& sha256) { return wire::carriers_of(r.read, sha256); })) {}
    }
    blobs::carriers carriers_of(std::string_view content) const { return wire::carriers_of(r.read, text_file(content).sha256); }
    bool is_sealed_for_wei(std::string_view content) const {
        const auto sha256 = text_file(content).sha256;
        const auto kept = support::bytes_of(blobs::keys_file(folder / "keys", sha256));
        return kept.find("\nopen ") == kept.npos && kept.find("\nof " + std::to_string(wei) + ' ') != kept.npos && files.check(sha256, true);
    }
};

template <class Line>
std::vector<Line> three(std::uint8_t score, const std::string& words) {
    return {{"module", score, words, {}}, {"analysis", score, words, {}}, {"execution", score, words, {}}};
}

}  // namespace

TEST_CASE("sealed files: each form about a person seals what is attached to it with their key", "[sim][blobs][S6.3.1][S6.3.2][S6.3.3][S6.3.4][D9]") {
    constexpr std::string_view f6 = "what wei attached to F6\n", f7 = "what lin attached to F7\n", f8 = "what lin attached to F8\n", f16 = "what hui attached to F16\n";
    desk d;
    const auto f6_extras = d.with(d.wei, f6);
    CHECK_FALSE(d.carriers_of(f6).any);
    CHECK(d.carriers_of(f6).everybody());
    CHECK_FALSE(support::lies_in(d.folder.path(), f6));  // just sent
    d.r.must<appraisal>(d.wei, appraisal::draft_self{{{}, f6_extras}}, weis);  // without a line of text
    d.settle();
    CHECK(d.carriers_of(f6).people == std::set<events::member_id>{{d.wei}});
    CHECK(d.is_sealed_for_wei(f6));
    d.r.must<appraisal>(d.wei, appraisal::submit_self{{three<appraisal::self_line>(90, "done"), f6_extras}}, weis);
    d.r.must<appraisal>(d.lin, appraisal::evaluate{{three<appraisal::evaluation_line>(80, "seen"), "good", d.with(d.lin, f7)}}, weis);
    d.r.must<appraisal>(d.lin, appraisal::record_talk{{"result", "strengths", "shortcomings", {}, d.with(d.lin, f8)}}, weis);
    d.settle();
    for (const auto content : {f6, f7, f8}) {
        CHECK_FALSE(d.carriers_of(content).open);
        CHECK(d.carriers_of(content).people == std::set<events::member_id>{{d.wei}});
        CHECK(d.is_sealed_for_wei(content));
    }
    d.r.must<appraisal>(d.wei, appraisal::confirm_talk{}, weis);
    d.r.must<appraisal>(d.lin, appraisal::confirm_talk{}, weis);
    d.r.must<cycle>(d.hui, cycle::close_self{"early"}, the_cycle);
    d.r.must<cycle>(d.hui, cycle::close_evaluation{"early"}, the_cycle);
    d.r.must<cycle>(d.hui, cycle::begin_calibration{"early"}, the_cycle);
    d.r.must<cycle>(d.hui, cycle::close{"early"}, the_cycle);
    d.r.must<appraisal>(d.zhou, appraisal::finalise{{}}, weis);
    d.r.must<incentive>(d.hui, incentive::propose{{incentive::kind::bonus, {d.wei}, events::appraisal_id{1}, {}, incentive::money{300'000, "CNY"},
                                                   std::chrono::year(2026) / 12 / 10, "terms", "reason", d.with(d.hui, f16)}});
    d.settle();
    CHECK(d.is_sealed_for_wei(f16));

    // A request carries one of them as well: everybody's then, for ever.
    const request::form openly{"T", "b", "o", "c", std::chrono::year(2026) / 12 / 20, {}, events::priority::normal, {true, "nothing personal"}, d.with(d.noah, f7)};
    d.r.must<request>(d.noah, request::draft{openly});
    d.settle();
    CHECK(d.carriers_of(f7).open);
    CHECK_FALSE(d.is_sealed_for_wei(f7));

    d.r.must<member>(0, member::leave{"left", events::member_id{d.lin}}, member_no(d.wei));
    d.r.must<member>(0, member::erase{"asked for"}, member_no(d.wei));
    d.r.settle();
    for (const auto content : {f6, f8, f16}) {
        CHECK(d.carriers_of(content).erased());
        CHECK_THROWS_AS(d.files.read(text_file(content).sha256, 0, 100), blobs::store::unreadable);
        CHECK_FALSE(d.attachable.has(text_file(content), {d.wei}));
    }
    d.settle();
    for (const auto content : {f6, f8, f16}) CHECK_FALSE(d.files.find(text_file(content).sha256));
    CHECK_FALSE(d.carriers_of(f7).erased());
    CHECK(d.files.read(text_file(f7).sha256, 0, 100) == f7);
    CHECK(d.files.check_all().empty());
}

}  // namespace sim::sealed_files_tests
