#include "clients/cli/import/bring_over.hpp"

#include "clients/cli/client.hpp"
#include "clients/cli/import/batches.hpp"
#include "clients/cli/import/command_pipe.hpp"
#include "clients/cli/terminal.hpp"
#include "clients/cli/written.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace cli {
namespace {

/// Named by all that it says, and what was there before where it changes that: the same command has the same id in every run,
/// and another one another.
command named(const chat_archive& archive, std::string type, std::string target, json data, const std::string& before = {}) {
    command c;
    c.id = uuid_of("opsroom import " + archive.source + " " + type + " " + target, as_text(data) + before);
    c.type = std::move(type);
    c.target = std::move(target);
    c.data = std::move(data);
    return c;
}

std::uint64_t id_in(const json& ack, const char* prefix) { return parse_id(text_at(ack, "stream"), prefix).value_or(0); }

class carrier {
public:
    carrier(context& about, const chat_archive& archive) : about_(about), archive_(archive), pipe_(about) {}

    brought_over run() {
        std::set<std::string> speakers;
        for (const auto& channel : archive_.channels)
            for (const auto& m : channel.messages) speakers.insert(m.author);
        out_.people = speakers.size();
        out_.channels = archive_.channels.size();
        join_people(speakers);
        make_channels();
        send_messages();
        return out_;
    }

private:
    /// Those who are members already are found by who they are at the source; the others join, under an id made of that
    /// alone. So who is not found and cannot join either was erased, and stays so whatever they are called now.
    void join_people(const std::set<std::string>& speakers) {
        std::map<std::uint64_t, bool> erased;
        for (const auto& row : about_.server().list("/api/v1/members")) {
            const auto id = number_at(row, "id").value_or(0);
            erased[id] = text_at(row, "status") == "erased";
            if (const auto external = text_at(row, "external"); speakers.contains(external)) people_[external] = id;
        }
        progress bar(about_.say({"人员", "people"}), speakers.size(), about_.with.quiet);
        std::uint64_t done = people_.size();
        bar.show(done);
        bool department = false;
        for (const auto& person : archive_.people) {
            const auto& external = person.external;
            if (!speakers.contains(external) || people_.contains(external)) continue;
            if (!std::exchange(department, true)) define_department();
            command c;
            c.type = "member.join";
            c.id = uuid_of("opsroom import member.join", external);
            c.data = {{"name", person.name}, {"external", external}, {"department", imported}, {"roles", json::array()},
                      {"language", person.language}};
            const auto settle = [this, &bar, &done, external](std::uint64_t id) {
                people_[external] = id;
                bar.show(++done);
            };
            pipe_.send(
                std::move(c),
                [this, &erased, settle](const json& ack) {
                    const auto id = id_in(ack, "member/");
                    const auto before = erased.find(id);
                    out_.new_people += before == erased.end();
                    settle(before != erased.end() && before->second ? 0 : id);
                },
                [settle](const failure& refused) {
                    const bool reused = refused.code() == "command_id_reused";
                    if (reused) settle(0);
                    return reused;
                });
        }
        pipe_.drain();
        if (done != 0) bar.finish();
    }

    /// Where departments are defined, whoever comes from elsewhere needs one of their own.
    void define_department() {
        const auto org = about_.server().get("/api/v1/org");
        const auto& defined = list_at(org, "departments");
        const auto ours = [](const json& d) { return text_at(d, "department") == imported; };
        if (defined.empty() || std::any_of(defined.begin(), defined.end(), ours)) return;
        command c;
        c.id = new_uuid();
        c.type = "org.define_department";
        c.data = {{"department", imported}, {"name", {{"zh", "导入"}, {"en", "Imported"}}}};
        about_.server().command(c);
    }

    void make_channels() {
        for (const auto& row : about_.server().list("/api/v1/channels"))
            if (!flag_at(row, "archived")) known_.emplace_back(number_at(row, "id").value_or(0), as_kept(text_at(row, "name")));
        for (const auto& channel : archive_.channels) {
            auto& lane = lanes_.emplace_back();
            lane.channel = &channel;
            lane.batches = cut(channel.messages);
            lane.id = channel_of(channel);
            if (lane.id != 0) {
                lane.there = messages_of(lane.id);
                continue;
            }
            auto c = named(archive_, "channel.create", {}, {{"name", channel.name}, {"description", channel.description},
                                                            {"visibility", channel.members_only ? "members_only" : "everyone"}});
            lane.id = id_in(about_.server().command(c), "channel/");
            ++out_.new_channels;
        }
    }

    /// The one that has its messages already, under whichever name; else one that is called so. 0: there is none.
    std::uint64_t channel_of(const chat_channel& channel) {
        std::uint64_t called_so = 0;
        for (const auto& [id, name] : known_)
            if (called_so == 0 && name == as_kept(channel.name)) called_so = id;
        if (!archive_.times_are_unique) return called_so;
        if (called_so != 0 && messages_of(called_so).shares(channel.messages, people_) > 0) return called_so;
        std::uint64_t best = called_so;
        std::size_t most = 0;
        for (const auto& [id, name] : known_) {
            const auto shared = id == called_so ? 0 : messages_of(id).shares(channel.messages, people_);
            if (shared > most) best = id, most = shared;
        }
        return best;
    }

    struct lane {
        const chat_channel* channel = nullptr;
        std::uint64_t id = 0;
        std::vector<std::pair<std::size_t, std::size_t>> batches;
        std::size_t next = 0;
        bool busy = false;
        there_already there;
    };

    /// What an earlier run, or an earlier state of the archive, has left there. Read once.
    const there_already& messages_of(std::uint64_t channel) {
        const auto [at, fresh] = read_.try_emplace(channel, archive_.times_are_unique);
        for (std::uint64_t after = 0; fresh;) {
            const auto reply = about_.server().get(fmt::format("/api/v1/channels/{}/messages?after={}&limit=200", channel, after));
            const auto& page = list_at(reply, "items");
            for (const auto& m : page) at->second.add(m);
            const auto last = page.empty() ? 0 : number_at(page.back(), "message").value_or(0);
            if (last <= after) break;
            after = last;
        }
        return at->second;
    }

    /// One batch of a channel at a time, so that its messages stand in order whatever happens; the channels at once.
    void send_messages() {
        const auto total = archive_.messages();
        progress bar(about_.say({"消息", "messages"}), total, about_.with.quiet);
        std::uint64_t done = 0;
        bool left = total != 0;
        while (left) {
            left = false;
            for (auto& l : lanes_) {
                if (l.busy || l.next == l.batches.size()) continue;
                left = true;
                send_next(l, bar, done);
            }
            if (!pipe_.idle()) {
                pipe_.wait();
                left = true;
            }
        }
        if (total != 0) bar.finish();
    }

    void send_next(lane& l, progress& bar, std::uint64_t& done) {
        const auto [first, last] = l.batches[l.next++];
        auto what = import_of(archive_, *l.channel, first, last, people_, l.there);
        std::uint64_t erased = 0;
        for (auto i = first; i < last; ++i) erased += people_.at(l.channel->messages[i].author) == 0;
        const auto all = last - first;
        const auto now = what.fresh + what.reworded;
        out_.erased += erased;
        out_.there += all - now - erased;
        if (now == 0) return bar.show(done += all);
        l.busy = true;
        auto c = named(archive_, "channel.import", fmt::format("channel/{}", l.id), std::move(what.data), what.before);
        pipe_.send(std::move(c), [this, &l, &bar, &done, all, fresh = what.fresh, reworded = what.reworded](const json&) {
            l.busy = false;
            out_.messages += fresh;
            out_.reworded += reworded;
            bar.show(done += all);
        });
    }

    static constexpr const char* imported = "imported";

    context& about_;
    const chat_archive& archive_;
    command_pipe pipe_;
    people_ids people_;
    std::vector<std::pair<std::uint64_t, std::string>> known_;  // channels and their names, the oldest first
    std::map<std::uint64_t, there_already> read_;
    std::vector<lane> lanes_;
    brought_over out_;
};

}  // namespace

brought_over bring_over(context& about, const chat_archive& archive) { return carrier(about, archive).run(); }

}  // namespace cli
