#include "server/demo/runner.hpp"

#include "events/ending/ending.hpp"
#include "server/engine/refusals.hpp"

#include <future>
#include <stdexcept>

namespace server::demo {
namespace {

class promised final : public engine::asker {
public:
    void answered(const events::uuid&, const engine::answer& what) override { promise_.set_value(what); }
    std::future<engine::answer> future() { return promise_.get_future(); }

private:
    std::promise<engine::answer> promise_;
};

}  // namespace

engine::done runner::settle(engine::client_command&& c) {
    std::array<std::uint8_t, 10> tail{};
    ++count_;
    tail[1] = series_;
    for (int i = 0; i < 8; ++i) tail[static_cast<std::size_t>(9 - i)] = static_cast<std::uint8_t>(count_ >> 8 * i);
    c.id = events::make_uuid_v7(0, tail);
    c.digest = count_;
    const auto what = std::string(core::type_of(c.what));
    auto asker = std::make_shared<promised>();
    auto answer = asker->future();
    if (!room_.submit(engine::request{std::move(c), std::move(asker), 0})) throw std::runtime_error(what + ": the engine takes nothing");
    const auto got = answer.get();
    if (const auto* no = std::get_if<engine::refused>(&got); no && no->why.code == engine::disk_full.code)
        throw events::cannot_go_on(events::ending::disk_full, {what + "：磁盘空间不足，请释放空间后重新启动", what + ": the disk is full: make room on it, then start again"});
    if (const auto* no = std::get_if<engine::refused>(&got))
        throw events::cannot_go_on(events::ending::failed, {what + "：" + std::string(no->why.zh), what + ": " + std::string(no->why.en)});
    return std::get<engine::done>(got);
}

}  // namespace server::demo
