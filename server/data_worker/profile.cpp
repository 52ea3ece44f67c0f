#include "server/data_worker/worker.hpp"
namespace data_worker { json profile_of(const request&) { return {}; } }
