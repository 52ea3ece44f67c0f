#pragma once
// The room: one login at one server, and all that can be asked of it.
//
//     auto room = opsroom::connect({.url = "http://127.0.0.1:8080", .token = "opsroom_pat_…"});
//     room.give({.type = "channel.post", .target = "channel/1", .data = {{"text", "hello"}}});
//     for (const auto& change : opsroom::reader(room.feed("board"))) std::cout << change.mark << '\n';

#include "opsroom/feed.hpp"
#include "opsroom/files.hpp"
#include "opsroom/list.hpp"
#include "opsroom/outbox.hpp"
#include "opsroom/schema.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace opsroom {

/// Commands that happen all together or not at all. A value, for one thread at a time.
class transaction {
public:
    transaction(std::shared_ptr<wire> over, std::string id);

    /// Answers what its result is called in later ones: "#0".
    std::string add(command c);
    /// Throws `problem` with `refused`, by index, where any was. A dry run answers what would come of it.
    json commit(bool dry_run = false);
    const std::string& id() const { return id_; }

private:
    std::shared_ptr<wire> wire_;
    std::string id_;
    json commands_ = json::array();
};

/// Every function may be called from any thread, blocks that thread and throws `problem`.
class room {
public:
    /// Told on the socket's thread that the live socket is up (null), or why it is not. It is tried again.
    using on_connection = std::function<void(const problem* lost)>;

    /// Asks nothing yet: of a server that is away an outbox can be had. Throws `problem` (bad_address).
    explicit room(connect_options how, on_connection told = {});
    /// Closes it.
    ~room();
    room(room&&) noexcept;
    room& operator=(room&&) noexcept;

    /// Who one is: {"id","name","login","language",…}.
    json me();
    /// What kinds of documents there are, with their fields, commands and words; asked for once, or `again`.
    std::shared_ptr<const opsroom::schema> schema(bool again = false);

    /// Gives a command: {"position","stream","version","events"}. Asked again over lost connections under the same id, so that it happens once.
    json give(const command& c);
    /// A command by its name with its fields, checked against the schema: see schema::named. Throws `mistake` too.
    command named(const std::string& type, const json& fields);
    command named(const std::string& type, const std::string& target, const json& fields);
    opsroom::transaction transaction(const std::string& id = {});
    /// Commands that outlive this program and the server's absence.
    opsroom::outbox outbox(const std::filesystem::path& file);

    /// Whatever the server answers at /api/v1/PATH.
    json get(const std::string& path, const query& asked = {});
    /// Rows of a list, filtered and sorted by the server; `as_of` (a position, a day or a time) is the list as it was.
    opsroom::list list(const std::string& path, const query& asked = {});
    opsroom::list search(const std::string& words, query asked = {});
    /// One document with what was said, what may be done now, and its history; of a list: "requests", 5.
    json dossier(const std::string& path, std::uint64_t id, const json& as_of = {});
    /// Its events.
    json history(const std::string& path, std::uint64_t id);

    /// Nothing is asked until it is read or waited for. Throws `mistake` where it is followed already from elsewhere.
    opsroom::feed feed(const std::string& name, const feed_options& how = {});
    /// Whether the live socket is up.
    bool is_connected() const;

    opsroom::files files() const;
    /// For what is not said here.
    opsroom::wire& wire() const;

    /// Ends feeds and outboxes, what is under way, and a token that was made here.
    void close();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

/// A room whose login and schema are known. Throws `problem`.
room connect(connect_options how);

}  // namespace opsroom
