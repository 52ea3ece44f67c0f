#pragma once
// What the events of one aggregate are in JSON, and what of them is personal or a text: reached by category, so that nothing
// that deals with all events knows any of them. The build makes one of each header of events/catalog that has a group of events
// (one_kind.cpp.in).

#include "events/catalog/any.hpp"
#include "events/codec/json_read.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace events::codec {

/// How a personal text is written.
using put_personal = std::function<void(std::string& out, const personal& p)>;

/// A stored shape, of today or retired.
struct shape {
    std::string_view type;
    fault (*read)(element data, any& out);  ///< as its newest shape
    bool is_retired;
};

/// An event that is given to it is one of its own.
class group_codec {
public:
    group_codec(const group_codec&) = delete;
    group_codec& operator=(const group_codec&) = delete;
    virtual ~group_codec() = default;

    virtual events::category category() const = 0;
    virtual std::span<const shape> shapes() const = 0;
    virtual void write(std::string& out, const any& event) const = 0;
    virtual void write(std::string& out, const any& event, const put_personal& put) const = 0;
    virtual bool has_personal(const any& event) const = 0;
    virtual void each_personal(any& event, const std::function<void(personal&)>& visit) const = 0;
    virtual void each_personal(const any& event, const std::function<void(const personal&)>& visit) const = 0;
    /// Everybody whom it names.
    virtual void each_person(const any& event, const std::function<void(member_id)>& visit) const = 0;
    /// Every text that is nobody's own, and the name of each file; with the name of its field.
    virtual void each_text(const any& event, const std::function<void(std::string_view field, const std::string& text)>& visit) const = 0;

protected:
    group_codec() = default;
};

const group_codec& codec_of(category which);
inline const group_codec& codec_of(const any& event) { return codec_of(event.category()); }

/// Calls `visit(shape)` with every stored shape there is.
void each_shape(const std::function<void(const shape&)>& visit);

}  // namespace events::codec
