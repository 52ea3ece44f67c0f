#include "core/views/views.hpp"

#include "core/kernel/text.hpp"
#include "core/kernel/verify.hpp"

namespace core::views {
namespace {

constexpr std::string_view magic = "opsroom views\n";
// Whenever what is saved changes its shape or meaning.
constexpr std::uint64_t format = 2;
constexpr std::size_t seal_bytes = 8;

// Of everything before it, least byte first: notices damage, not malice.
std::string seal_of(std::string_view body) {
    const auto d = text::digest(body);
    std::string seal;
    for (std::size_t i = 0; i < seal_bytes; ++i) seal += static_cast<char>(d >> 8 * i);
    return seal;
}

}  // namespace

void views::apply(const events::recorded& event) {
    const auto at = event.envelope.position;
    if (at <= position_) return;
    verify(at == next(position_), "views see every event of the log, in its order");
    directory.apply(event);
    board.apply(event);
    channels.apply(event);
    position_ = at;
}

void views::save(std::string& out) const {
    out.clear();
    archive::writer to(out);
    to.bytes(magic);
    to.number(format);
    write(to, position_);
    directory.save(to);
    board.save(to);
    channels.save(to);
    out += seal_of(out);
}

bool views::load(std::string_view in) {
    *this = {};
    if (in.size() < magic.size() + seal_bytes || !in.starts_with(magic)) return false;
    const auto body = in.substr(0, in.size() - seal_bytes);
    if (in.substr(body.size()) != seal_of(body)) return false;
    archive::reader from(body.substr(magic.size()));
    if (from.number() != format) return false;
    events::position position;
    read(from, position);
    const bool good = directory.load(from) && board.load(from) && channels.load(from) && from.finished();
    if (!good) *this = {};
    else position_ = position;
    return good;
}

}  // namespace core::views
