#include "server/package/contents.hpp"

#include "core/access/access.hpp"
#include "core/analysis/analysis.hpp"
#include "core/entity.hpp"
#include "core/project/project.hpp"
#include "core/request/request.hpp"
#include "core/strategy/strategy.hpp"
#include "events/catalog/project.hpp"
#include "events/codec/codec.hpp"
#include "events/codec/group_codec.hpp"
#include "server/package/zip.hpp"
#include "server/wire/flows/kind_reading.hpp"
#include "server/wire/schema/schema.hpp"

namespace server::package {

const core::refusal not_sealed{"not_sealed", "S3.3.3", "项目尚未归档封存：封存后才有归档包。",
                               "The project is not sealed yet: it has a package once it is archived.", core::obstacle::status};
const core::refusal file_missing{"file_missing", "S3.3.3", "归档所附的文件不在存储中：请从备份恢复 blobs 目录后再试。",
                                 "A file of the archive is not in the store: bring the folder blobs back from a backup, then try again.",
                                 core::obstacle::status};
const core::refusal too_large{"package_too_large", "S3.3.3", "归档包超过 4 GB：请分别下载附件。",
                              "The package would be larger than 4 GB: fetch its attachments one by one.", core::obstacle::status};
const core::refusal not_proven_yet{"not_proven_yet", "S3.3.3", "日志索引尚未跟上：请稍候再试。",
                                   "The log's index has not caught up: try again in a moment.", core::obstacle::status};

namespace {

/// Of one the newest counts; of many each, but for what a later one says about the same.
void keep(readable_document& of, const core::section& in, part newest) {
    std::erase_if(of.parts, [&](const part& had) { return had.section == newest.section && (!in.many || (!newest.about.empty() && had.about == newest.about)); });
    of.parts.push_back(std::move(newest));
}

class looking {
public:
    looking(const sources& from, contents& into) : from_(from), into_(into) {}

    /// Nothing, or why it can't be.
    std::optional<wire::problem> all(const wire::reader& by, events::request_id request, const std::vector<events::stream_id>& parts) {
        into_.sealed = seal_of(into_.project);
        if (into_.sealed.value == 0) return wire::make(409, not_sealed);
        if (request) take(stream_of(request));
        take(stream_of(into_.project));
        for (const auto& part : parts) take(part);
        if (missing_) return wire::make(409, file_missing);
        if (bytes_ + overhead() > zip::bytes_max) return wire::make(413, too_large);
        name_people();
        auto d = wire::read_entity(from_.read, stream_of(into_.project), by, wire::moment{into_.sealed, into_.sealed_at});
        if (const auto* no = std::get_if<wire::problem>(&d)) return *no;
        into_.dossier = std::move(std::get<wire::document>(d).body);
        into_.schema = std::move(std::get<wire::document>(wire::schema_document(from_.read, by.who)).body);
        return prove();
    }

private:
    const events::log& log() const { return from_.read.log(); }

    /// The last event of a sealed project that is one of its own steps.
    events::position seal_of(events::project_id which) {
        events::position found;
        log().read_stream(stream_of(which), log().version_of(stream_of(which)), events::direction::backwards,
                          [&](events::position p, std::string_view bytes) {
                              const auto e = decode_.decode(bytes);
                              const auto* what = e ? events::get_if<events::project::any>(&e->event) : nullptr;
                              if (what && std::holds_alternative<events::project::archived>(*what)) {
                                  found = p;
                                  into_.sealed_at = e->envelope.time;
                              }
                              return found.value == 0;
                          });
        return found;
    }

    void take(events::stream_id which) {
        contents::stream s{which, {}};
        readable_document shown{which, {}};
        const auto* reading = wire::reading_of(which.kind);
        log().read_stream(which, {1}, events::direction::forwards, [&](events::position p, std::string_view bytes) {
            if (p > into_.sealed) return false;
            auto e = decode_.decode(bytes);
            if (!e) return false;
            s.last = e->envelope.version;
            bytes_ += bytes.size();
            ++into_.event_count;
            look_at(*e);
            if (!reading) return true;
            if (const auto in = reading->section_of(e->event); !in.name.empty())
                keep(shown, in, {in.name, core::kind_of(which.kind)->text_of(e->event), e->envelope.time, events::show(bytes, from_.read.keys())});
            return true;
        });
        if (s.last.value == 0) return;
        into_.streams.push_back(s);
        if (!shown.parts.empty()) into_.documents.push_back(std::move(shown));
    }

    void look_at(const events::recorded& e) {
        into_.people[e.envelope.actor];
        if (e.envelope.in_place_of) into_.people[e.envelope.in_place_of];
        // What is sealed is in no stream that an archive has.
        core::kind_of(e.event.category())->each_attachment(e.event, [&](const events::attachment& a) {
            const auto kept = from_.files.find(a.sha256);
            if (!kept) missing_ = true;
            else if (into_.files.emplace(a.sha256, *kept).second) bytes_ += kept->bytes;
        }, [](const events::sealed_attachment&) {});
        events::codec::codec_of(e.event).each_person(e.event, [&](events::member_id who) { into_.people[who]; });
    }

    void name_people() {
        into_.people.erase(events::the_system);
        from_.read.views().read([&](const core::views::views& v, events::position) {
            for (auto& [who, name] : into_.people)
                if (const auto* row = v.directory.row(who)) name = row->name;
        });
    }

    /// Proofs, lists, forms in two languages: far less than this.
    std::uint64_t overhead() const { return (64u << 20) + into_.event_count * 4'096 + into_.files.size() * 512; }

    std::optional<wire::problem> prove() {
        auto& l = log();
        if (!l.wait_indexed(into_.sealed, std::chrono::milliseconds(2'000))) return wire::make(503, not_proven_yet);
        into_.size = l.tree_size();
        into_.checkpoint = events::proof::sign_checkpoint(into_.size, l.root(into_.size), from_.signer);
        return std::nullopt;
    }

    const sources& from_;
    contents& into_;
    events::decoder decode_;
    std::uint64_t bytes_ = 0;
    bool missing_ = false;
};

}  // namespace

std::variant<contents, wire::problem> look(const sources& from, const wire::reader& by, events::project_id which) {
    contents c{};
    c.project = which;
    events::request_id request;
    std::vector<events::stream_id> parts;
    const auto allowed =
        from.read.with_reader(by.who, [&](const core::views::views& v, events::position at, const core::context& now) -> wire::reading {
            const auto* row = v.of<core::project>().row(which.value);
            if (!row || !may_see(row->state, now))
                return wire::make(404, wire::problems::not_found);
            if (row->state.is != core::project_status::archived) return wire::make(409, not_sealed);
            c.name = row->state.name;
            // Nothing is in it that its reader would not get by itself (D5).
            const auto* asked_for = v.of<core::request>().row(row->state.request.value);
            if (asked_for && may_see(asked_for->state, now)) request = row->state.request;
            for (std::uint64_t n = 1; n <= v.board.size(); ++n)
                if (const auto& task = *v.board.row({n}); task.project == which && core::access::may_see_task(task, now))
                    parts.push_back({events::category::task, n});
            // The data reports that S3.3.3 names, and the plans that held.
            for (const auto& one : v.of<core::analysis>().rows())
                if (one.state.project == which && may_see(one.state, now)) parts.push_back({events::category::analysis, one.number});
            for (const auto& one : v.of<core::strategy>().rows())
                if (one.state.project == which && one.state.number && may_see(one.state, now))
                    parts.push_back({events::category::strategy, one.number});
            return wire::document{{}, at};
        });
    if (const auto* no = std::get_if<wire::problem>(&allowed)) return *no;
    if (auto no = looking(from, c).all(by, request, parts)) return std::move(*no);
    return c;
}

}  // namespace server::package
