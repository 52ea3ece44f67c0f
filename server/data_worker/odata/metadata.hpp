#pragma once
// What the service says of itself: its document, and its model as CSDL. Pure.

#include "server/data_worker/odata/model.hpp"

#include <string>
#include <vector>

namespace data_worker::odata {

std::string service_document(const std::vector<entity_set>& sets, const std::string& base);
std::string metadata_document(const std::vector<entity_set>& sets);

}  // namespace data_worker::odata
