#include "server/demo/year/stage.hpp"

#include <condition_variable>
#include <mutex>
#include <stdexcept>

namespace server::demo::year {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t on_the_way_max = 4'096;
constexpr std::uint8_t series = 3;  // of command ids, beside those of server/demo/runner.hpp and of ticks
constexpr auto patience = 60s;

}  // namespace

std::uint64_t chance::next() {
    auto z = state_ += 0x9E3779B97F4A7C15ull;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ z >> 27) * 0x94D049BB133111EBull;
    return z ^ z >> 31;
}

/// Everything that is on its way.
class stage::answers {
public:
    class one final : public engine::asker {
    public:
        one(std::shared_ptr<answers> to, ticket into, std::string what) : to_(std::move(to)), into_(std::move(into)), what_(std::move(what)) {}
        void answered(const events::uuid&, const engine::answer& what) override { to_->take(*this, what); }

        std::shared_ptr<answers> to_;
        ticket into_;
        std::string what_;
    };

    void expect() {
        std::unique_lock hold(mutex_);
        came_.wait(hold, [&] { return waiting_ < on_the_way_max; });
        ++waiting_;
    }
    /// The last position that was told of.
    events::position wait() {
        std::unique_lock hold(mutex_);
        if (!came_.wait_for(hold, patience, [&] { return waiting_ == 0; })) throw std::runtime_error("the engine does not answer");
        if (!refused_.empty()) throw std::runtime_error(refused_);
        return last_;
    }

private:
    void take(const one& of, const engine::answer& what) {
        std::lock_guard hold(mutex_);
        if (const auto* yes = std::get_if<engine::done>(&what)) {
            if (of.into_) of.into_->number = yes->stream.number;
            if (yes->count > 0) last_ = std::max(last_, events::position{yes->position.value + (of.into_ ? yes->count - 1 : 0)});
        } else if (refused_.empty()) {
            const auto* no = std::get_if<engine::refused>(&what);
            refused_ = of.what_ + ": " + std::string(no ? no->why.code : "?") + ": " + std::string(no ? no->why.en : "");
        }
        --waiting_;
        came_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable came_;
    std::size_t waiting_ = 0;
    events::position last_;
    std::string refused_;
};

stage::stage(engine::engine& room, played_clock& clock, std::uint64_t seed, std::chrono::minutes utc_offset)
    : luck(seed), room_(room), clock_(clock), offset_(utc_offset), now_(clock.now()), answers_(std::make_shared<answers>()) {}

void stage::at(instant when, act what) { to_come_.emplace(std::pair(std::max(when, now_), ++put_), std::move(what)); }

void stage::play(instant end, const progress& tell) {
    auto told = today();
    while (!to_come_.empty() && to_come_.begin()->first.first <= end) {
        auto next = to_come_.extract(to_come_.begin());
        now_ = next.key().first;
        clock_.set(now_);
        if (tell && today() != told) {
            told = today();
            tell(now_, room_.log().head().value);
        }
        next.mapped()();
    }
    now_ = end;
    clock_.set(end);
    settle();
    if (tell) tell(end, room_.log().head().value);
}

ticket stage::submit(member_id who, std::optional<stream_id> target, core::any_command&& what) {
    ++commands_;
    auto into = std::make_shared<handle>();
    auto name = std::string(core::type_of(what));
    if (target) name += " " + to_string(*target);
    name += " by " + std::to_string(who.value) + " on " + std::to_string(static_cast<int>(today().year())) + "-" +
            std::to_string(static_cast<unsigned>(today().month())) + "-" + std::to_string(static_cast<unsigned>(today().day()));
    engine::request one;
    std::array<std::uint8_t, 10> tail{};
    tail[1] = series;
    for (int i = 0; i < 7; ++i) tail[static_cast<std::size_t>(9 - i)] = static_cast<std::uint8_t>(commands_ >> 8 * i);
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now_.time_since_epoch()).count();
    one.command = {events::make_uuid_v7(static_cast<std::uint64_t>(ms), tail), who, target, {}, std::move(what), commands_};
    one.from = std::make_shared<answers::one>(answers_, into, std::move(name));
    send(std::move(one));
    return into;
}

void stage::tick() { send(engine::tick(std::make_shared<answers::one>(answers_, nullptr, "a tick"))); }

void stage::send(engine::request&& one) {
    one.at = now_;
    answers_->expect();
    if (!room_.submit(std::move(one))) throw std::runtime_error("the engine takes nothing");
}

void stage::settle() {
    const auto last = answers_->wait();
    room_.views().wait_for(last, patience);
    if (room_.views().position() < last) throw std::runtime_error("the views do not come after");
}

std::uint64_t stage::number(const ticket& of) {
    if (of->number == 0) settle();
    return of->number;
}

}  // namespace server::demo::year
