#include "opsroom/room.hpp"

#include "opsroom/ids.hpp"
#include "opsroom/live.hpp"

#include <mutex>

namespace opsroom {
namespace {

constexpr std::uint64_t search_rows = 100;  // of a page of what was found

}  // namespace

transaction::transaction(std::shared_ptr<opsroom::wire> over, std::string id) : wire_(std::move(over)), id_(std::move(id)) {}

std::string transaction::add(command c) {
    auto said = body_of(c);
    said["command"] = std::move(c.type);
    commands_.push_back(std::move(said));
    return "#" + std::to_string(commands_.size() - 1);
}

json transaction::commit(bool dry_run) {
    return wire_->post("transactions", {{"dry_run", dry_run}, {"commands", commands_}}, dry_run ? new_uuid() : id_);
}

struct room::impl {
    std::shared_ptr<opsroom::wire> wire;
    std::shared_ptr<opsroom::live> live;
    std::mutex mutex;  ///< of all below
    json me;
    std::shared_ptr<const opsroom::schema> schema;
    std::vector<std::weak_ptr<outbox::impl>> boxes;

    void close() {
        live->stop();
        wire->close();
        live->close();
        const std::lock_guard lock(mutex);
        for (const auto& each : boxes)
            if (const auto box = each.lock()) outbox::close(*box);
        boxes.clear();
    }
};

room::room(connect_options how, on_connection told) : impl_(std::make_unique<impl>()) {
    impl_->wire = std::make_shared<opsroom::wire>(std::move(how));
    impl_->live = std::make_shared<live>(impl_->wire, std::move(told));
}

room::~room() { close(); }
room::room(room&&) noexcept = default;
room& room::operator=(room&& other) noexcept {
    close();
    impl_ = std::move(other.impl_);
    return *this;
}

void room::close() {
    if (impl_) impl_->close();
}

json room::me() {
    {
        const std::lock_guard lock(impl_->mutex);
        if (!impl_->me.is_null()) return impl_->me;
    }
    auto told = get("session");
    const std::lock_guard lock(impl_->mutex);
    return impl_->me = std::move(told);
}

std::shared_ptr<const opsroom::schema> room::schema(bool again) {
    {
        const std::lock_guard lock(impl_->mutex);
        if (impl_->schema && !again) return impl_->schema;
    }
    const auto in = text_at(me(), "language") == "zh" ? language::zh : language::en;
    auto told = std::make_shared<const opsroom::schema>(get("schema"), in);
    const std::lock_guard lock(impl_->mutex);
    return impl_->schema = std::move(told);
}

json room::give(const command& c) { return impl_->wire->give(c); }

command room::named(const std::string& type, const json& fields) { return named(type, {}, fields); }

command room::named(const std::string& type, const std::string& target, const json& fields) { return schema()->named(type, target, fields); }

opsroom::transaction room::transaction(const std::string& id) { return {impl_->wire, id.empty() ? new_uuid() : id}; }

opsroom::outbox room::outbox(const std::filesystem::path& file) {
    opsroom::outbox box(file, impl_->wire);
    const std::lock_guard lock(impl_->mutex);
    std::erase_if(impl_->boxes, [](const auto& each) { return each.expired(); });
    impl_->boxes.push_back(box.impl_);
    return box;
}

json room::get(const std::string& path, const query& asked) { return impl_->wire->get(path, asked); }

opsroom::list room::list(const std::string& path, const query& asked) { return {impl_->wire, path, asked}; }

opsroom::list room::search(const std::string& words, query asked) {
    asked.insert(asked.begin(), {"q", words});
    return {impl_->wire, "search", std::move(asked), search_rows};
}

json room::dossier(const std::string& path, std::uint64_t id, const json& as_of) {
    return get(path + "/" + std::to_string(id), {{"as_of", as_of}});
}

json room::history(const std::string& path, std::uint64_t id) { return list_at(dossier(path, id), "history"); }

opsroom::feed room::feed(const std::string& name, const feed_options& how) { return {impl_->live->feed(name, how), impl_->live}; }

bool room::is_connected() const { return impl_->live->is_connected(); }

opsroom::files room::files() const { return opsroom::files(impl_->wire); }

opsroom::wire& room::wire() const { return *impl_->wire; }

room connect(connect_options how) {
    room out(std::move(how));
    out.schema();
    return out;
}

}  // namespace opsroom
