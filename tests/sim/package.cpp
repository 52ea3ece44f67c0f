// The sealed package (S3.3.3): whole, provable without the server, and no byte of it can be changed unseen.

#include "server/package/package.hpp"
#include "server/blobs/attachable.hpp"
#include "clients/cli/failure.hpp"
#include "clients/cli/package/search.hpp"
#include "clients/cli/package/verify.hpp"
#include "server/engine/fingerprints.hpp"
#include "server/wire/flows/kind_reading.hpp"
#include "tests/sim/room.hpp"
#include "tests/sim/text_file.hpp"
#include "tests/support/temp_folder.hpp"

#include <fstream>

namespace sim::package_tests {

using core::project;
using core::request;
namespace facts = events::project;

namespace {

constexpr core::date later{std::chrono::year(2026) / 12 / 20};
constexpr std::string_view attached = "成本表\n渠道,金额\n线上,1200\n";

events::stream_id the_request{events::category::request, 1};
events::stream_id the_project{events::category::project, 1};

/// A department, with a project that can be brought as far as its archive.
struct archive_room {
    support::temp_folder folder;
    events::memory_log log;
    events::memory_keyring keys;
    server::blobs::store files{folder / "blobs", folder / "keys", keys};
    events::proof::note_signer signer = events::proof::note_signer::make("opsroom.test");
    server::blobs::attachable attachable{files};
    room r{log, keys, {.utc_offset = 0min, .files = &attachable}};
    std::uint64_t manager, lead, leader, other, requester, stranger, analyst;

    archive_room() {
        r.start();
        manager = r.join("li.na", "OM");
        lead = r.join("chen.wei", "SP");
        leader = r.join("sun.yue", "SL", "board");
        other = r.join("zhou.jie", "OM");
        requester = r.join("noah", "RQ", "marketing");
        stranger = r.join("emma", "RQ", "finance");
        analyst = r.join("zhao.lei", "DA");
    }

    events::attachment file() {
        const auto sha256 = sim::sha256_of(attached);
        // Each who attaches it has sent it.
        for (const auto who : {lead, requester}) {
            REQUIRE(files.begin({who}, sha256, attached.size(), "text/csv", 1 << 20).error == server::blobs::blob_error::none);
            if (!files.is_from({who}, sha256)) REQUIRE(files.append({who}, sha256, 0, attached).complete);
        }
        return {sha256, "costs.csv", "text/csv", attached.size()};
    }

    facts::charter charter() const {
        facts::charter c;
        c.name = "会员积分改版";
        c.lead = {lead};
        c.team = {{lead}};
        c.starts = std::chrono::year(2026) / 11 / 23;
        c.ends = later;
        c.milestones = {{"方案", later, "方案文档 <b>"}};
        c.budget = {5'000'005, "CNY", "开发"};
        c.resources = "两名开发";
        c.expected_results = "兑换率提升";
        c.objectives = {"兑换率 +20%"};
        c.success_metrics = "兑换率";
        c.risks = {{"接口延期", facts::level::medium, facts::level::high, "预留两周"}};
        c.responsibilities = {{"开发", {{lead}}, {lead}, {}, {{requester}}}};
        c.compliance = {true, "已核对"};
        return c;
    }

    void begin() {
        request::form f{
            "积分改版",       "规则复杂", "兑换率", "规则与页面", later, {}, events::priority::high, {true, "不涉及新的个人信息"},
            {1, {}, {file()}}};
        r.must<request>(requester, request::draft{f});
        r.must<request>(requester, request::submit{}, the_request);
        r.must<request>(manager, request::convene{{{lead}}, later}, the_request);
        const events::request::rating fine{4, "需求明确"};
        r.must<request>(lead, request::assess{{fine, fine, fine, events::verdict::pass, {}}}, the_request);
        r.must<request>(manager, request::pass{}, the_request);
        r.must<project>(manager, project::submit_charter{charter()}, the_project);
        r.must<project>(leader, project::approve_charter{server::engine::sha256_fingerprints().of(charter()), {}}, the_project);
    }

    void carry_out(int tasks) {
        for (int i = 0; i < tasks; ++i) {
            core::task::assign order{"方案初稿", {}, "含预算", later, {lead}, {}, {}, {}};
            order.project = events::project_id{1};
            const auto n = r.must<core::task>(manager, order);
            r.must<core::task>(lead, core::task::start{}, task_no(n));
            r.must<core::task>(lead, core::task::submit{"初稿"}, task_no(n));
            r.must<core::task>(manager, core::task::accept{{}}, task_no(n));
        }
        r.must<project>(lead, project::report_progress{40, facts::health::on_track, "接口对接完成"}, the_project);
        r.must<project>(lead, project::request_acceptance{{"全部完成", {"上线版本"}, "均达成", {}, {}}}, the_project);
        r.must<project>(manager, project::convene_acceptance{{{leader}, {other}}, later}, the_project);
        for (const auto who : {leader, other}) r.must<project>(who, project::sign_acceptance{true, {}}, the_project);
        r.must<project>(manager, project::accept{{{{1, facts::attainment::met, ""}}, "同意验收", {}, {}}}, the_project);
        r.must<project>(lead,
                        project::summarise{{"先做小样本", "接口要早对", "建立接口清单", {{"marketing"}}, {}}, {{manager}, {requester}}},
                        the_project);
        for (const auto k : {facts::record_kind::execution_record, facts::record_kind::data_report, facts::record_kind::minutes})
            r.must<project>(lead, project::file_record{{k, "材料", "按周记录", {}}}, the_project);
        r.must<project>(lead, project::submit_archive{}, the_project);
    }
    void seal() {
        r.must<project>(manager, project::seal{}, the_project);
        r.settle();
    }

    server::package::sources sources() { return {r.read, files, signer}; }
    std::variant<server::package::contents, wire::problem> look(std::uint64_t who) {
        return server::package::look(sources(), {{who}, events::language::zh}, {1});
    }

    /// Also the largest piece that it came in.
    std::string package_for(std::uint64_t who, std::size_t* largest = nullptr) {
        server::package::writer w(sources(), std::get<server::package::contents>(look(who)));
        std::string all;
        for (;;) {
            std::string piece;
            if (!w.next(piece)) return all;
            if (largest) *largest = std::max(*largest, piece.size());
            all += piece;
        }
    }

    std::string kept(const std::string& bytes) {
        const auto path = (folder / "package.zip").string();
        std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
        return path;
    }
    std::string key() const { return signer.verifier().text(); }
};

std::string code_of(const std::variant<server::package::contents, wire::problem>& what) {
    const auto* no = std::get_if<wire::problem>(&what);
    return no ? std::string(no->why.code) : "ok";
}

/// Whether it verifies; anything but a refusal that says so is a fault of the verifier.
bool verifies(const std::string& path, const std::string& key) {
    try {
        cli::package::verify(path, key, {});
        return true;
    } catch (const cli::failure& why) {
        CHECK((why.kind() == cli::exit_code::conflict || why.kind() == cli::exit_code::invalid));
        return false;
    }
}

}  // namespace

TEST_CASE("package: of a sealed project, for who may see it", "[sim][package][S3.3.3]") {
    archive_room a;
    a.begin();
    a.carry_out(1);
    a.r.settle();
    CHECK(code_of(a.look(a.manager)) == "not_sealed");
    a.seal();
    for (const auto who : {a.manager, a.lead, a.leader, a.requester}) CHECK(code_of(a.look(who)) == "ok");
    CHECK(code_of(a.look(a.stranger)) == "not_found");
    CHECK(code_of(a.look(99)) == "not_found");
    const auto other = server::package::look(a.sources(), {{a.manager}, events::language::zh}, {7});
    CHECK(code_of(other) == "not_found");
}

TEST_CASE("package: it holds the project whole, and verifies with the key alone", "[sim][package][S3.3.3]") {
    archive_room a;
    a.begin();
    a.carry_out(300);
    a.seal();
    // What comes later does not belong to what was sealed.
    a.r.task(a.manager, a.lead);
    a.r.settle();
    std::size_t largest = 0;
    const auto bytes = a.package_for(a.manager, &largest);
    CHECK(largest < 600'000);
    const auto path = a.kept(bytes);
    const auto done = cli::package::verify(path, a.key(), {});
    std::uint64_t count = 0;
    for (const auto s : {the_request, the_project}) count += a.log.version_of(s).value;
    CHECK(done.events == count + 1'200);
    CHECK(done.files == 1);
    CHECK(done.origin == "opsroom.test");
    CHECK(done.size == a.log.head().value);
    CHECK(cli::text_at(done.manifest, "name") == "会员积分改版");
    CHECK(bytes.find(attached) != bytes.npos);
    // The readable forms, with nothing in them that a browser would run.
    for (const char* said :
         {"会员积分改版", "50,000.05", "方案文档 &lt;b&gt;", "F4 Acceptance report", "F4 验收报告", "chen.wei (member/2)", "接口延期"})
        CHECK(bytes.find(said) != bytes.npos);
    CHECK(bytes.find("方案文档 <b>\"}") != bytes.npos);  // as it is in the event
    // Another key did not seal it.
    CHECK_FALSE(verifies(path, events::proof::note_signer::make("opsroom.test").verifier().text()));
    CHECK_FALSE(verifies(path, events::proof::note_signer::make("other").verifier().text()));
    CHECK_FALSE(verifies(path, "nonsense"));
    // The same parts are the same bytes.
    CHECK(a.package_for(a.manager) == bytes);
    CHECK(cli::package::sealer_of(path) == "opsroom.test");
    // Whoever asked for the project shares its documents, and not how its tasks went (D5): they get 404 for those by themselves, too.
    CHECK(std::holds_alternative<wire::problem>(a.r.read.task({{a.requester}}, {1})));
    const auto theirs = a.package_for(a.requester);
    CHECK(cli::package::verify(a.kept(theirs), a.key(), {}).events == count);
    CHECK(theirs.find("方案初稿") == theirs.npos);
}

TEST_CASE("package: the data that were looked at for it, and the plans that held, are in it", "[sim][package][S3.3.3][S3.2.3][S3.2.4]") {
    archive_room a;
    a.begin();
    const events::date today{std::chrono::floor<std::chrono::days>(a.r.now.load())};
    const events::stream_id looked_at{events::category::analysis, 1};
    const events::project_id one{1};
    using events::analysis::kind;
    a.r.must<core::analysis>(a.manager, core::analysis::plan{{"兑换率", "每周变化", "会员库", "比较", {a.analyst}, 5, today, {}, one}});
    a.r.must<core::analysis>(
        a.analyst, core::analysis::report{{kind::problem, {}, today, today, "FIRST-COUNT", {{"兑换率", "12.5", "9.8", "%"}}, {}, {}, {}}},
        looked_at);
    a.r.must<core::analysis>(
        a.analyst,
        core::analysis::correct{{kind::problem, {}, today, today, "RIGHT-COUNT", {{"兑换率", "12.5", "10.4", "%"}}, {}, {}, {}}, "twice"},
        looked_at);
    core::strategy::form f19{
        "积分策略", {}, {{"兑换率下降", {1}, 1}}, "降低门槛", "PLAN-THAT-HELD", "回升", later, later, later, {{a.lead}}, {}, one, {}};
    a.r.must<core::strategy>(a.lead, core::strategy::draft{f19});
    f19.content = "NEVER-PUBLISHED";
    a.r.must<core::strategy>(a.lead, core::strategy::draft{f19});
    const auto sha =
        a.r.writer.views().read([](const core::views::views& v, events::position) { return v.of<core::strategy>().row(1)->state.sha256; });
    a.r.must<core::strategy>(a.manager, core::strategy::publish{sha}, events::stream_id{events::category::strategy, 1});
    a.carry_out(1);
    a.seal();
    // Who asked for the project shares what was looked at for it, and the plan once it was published.
    CHECK(std::holds_alternative<wire::document>(wire::read_entity(a.r.read, {events::category::analysis, 1}, {{a.requester}})));
    CHECK(std::holds_alternative<wire::document>(wire::read_entity(a.r.read, {events::category::strategy, 1}, {{a.requester}})));
    CHECK(std::holds_alternative<wire::problem>(wire::read_entity(a.r.read, {events::category::strategy, 2}, {{a.requester}})));
    CHECK(std::holds_alternative<wire::problem>(wire::read_entity(a.r.read, {events::category::analysis, 1}, {{a.stranger}})));
    const auto bytes = a.package_for(a.requester);
    const auto path = a.kept(bytes);
    CHECK(verifies(path, a.key()));
    const auto html = bytes.substr(bytes.find("<!doctype html>"));
    for (const char* said : {"RIGHT-COUNT", "10.4", "PLAN-THAT-HELD", "历次分析", "Runs"})
        CHECK(html.find(said) != html.npos);
    CHECK(html.find("FIRST-COUNT") == html.npos);
    CHECK(bytes.find("FIRST-COUNT") != bytes.npos);  // the events are whole
    CHECK(bytes.find("NEVER-PUBLISHED") == bytes.npos);
}

TEST_CASE("package: a changed byte anywhere is seen", "[sim][package][S3.3.3]") {
    archive_room a;
    a.begin();
    a.carry_out(2);
    a.seal();
    const auto bytes = a.package_for(a.manager);
    const auto path = a.kept(bytes);
    REQUIRE(verifies(path, a.key()));
    const auto flipped = [&](std::size_t at, int bit) {
        auto other = bytes;
        other[at] = static_cast<char>(other[at] ^ (1 << bit));
        return a.kept(other);
    };
    std::size_t tried = 0;
    // Every byte of what lies between the parts and of the seal, and one in each few of the rest.
    const auto list_at = bytes.size() - 2'400;
    const auto seal_at = bytes.rfind("opsroom-sealed-package.v1\nproject/");
    REQUIRE(seal_at != bytes.npos);
    for (std::size_t at = 0; at < bytes.size(); at += at >= std::min(list_at, seal_at) || at < 200 ? 1 : 37) {
        INFO("byte " << at);
        CHECK_FALSE(verifies(flipped(at, static_cast<int>(at % 8)), a.key()));
        ++tried;
    }
    CHECK(tried > 2'000);
    for (const auto size : {std::size_t{0}, std::size_t{10}, bytes.size() / 2, bytes.size() - 1})
        CHECK_FALSE(verifies(a.kept(bytes.substr(0, size)), a.key()));
    CHECK_FALSE(verifies(a.kept(bytes + "x"), a.key()));
    CHECK_FALSE(verifies(a.kept("x" + bytes), a.key()));
}

TEST_CASE("package: words are found in it; an erased person's name is not in it", "[sim][package][S3.3.3][D9]") {
    archive_room a;
    a.begin();
    a.carry_out(1);
    a.seal();
    const auto root = a.r.must<core::member>(0, core::member::join{"root", "root", {}, {"operations"}, {{"AD"}}, events::language::en});
    const auto before = a.kept(a.package_for(a.manager));
    CHECK(cli::package::search(before, {"chen.wei"}).size() == 1);
    CHECK(cli::package::search(before, {"接口", "完成"}).size() == 1);
    CHECK(cli::package::search(before, {"接口", "不存在"}).empty());
    const auto in_file = cli::package::search(before, {"渠道,金额"});
    REQUIRE(in_file.size() == 1);
    CHECK(cli::text_at(in_file[0], "part").starts_with("attachments/"));
    const auto budget = cli::package::search(before, {"cny"});
    REQUIRE(budget.size() == 1);
    CHECK(cli::text_at(budget[0], "stream") == "project/1");

    a.r.must<core::member>(root, core::member::leave{"moved", core::member_id{a.manager}}, member_no(a.lead));
    a.r.must<core::member>(root, core::member::erase{"asked"}, member_no(a.lead));
    a.r.settle();
    const auto bytes = a.package_for(a.manager);
    CHECK(bytes.find("chen.wei") == bytes.npos);
    CHECK(bytes.find("已抹除的成员 (member/2)") != bytes.npos);
    const auto after = a.kept(bytes);
    CHECK(verifies(after, a.key()));
    CHECK(cli::package::search(after, {"chen.wei"}).empty());
}

}  // namespace sim::package_tests
