// Names of sockets, of any bytes and any length.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "unix_address.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string name(reinterpret_cast<const char*>(data), size);
  const auto address = hyperv_kvp::AddressOf(name);
  if (address.has_value() != (size < sizeof address->address.sun_path)) std::abort();
  if (!address) return errno == ENAMETOOLONG ? 0 : (std::abort(), 0);
  if (address->length > sizeof address->address || address->address.sun_family != AF_UNIX) std::abort();
  const char* const path = address->address.sun_path;
  const bool is_abstract = size > 0 && name.front() == '@';
  // But for the NUL that makes it abstract, the bytes as they were; the name of a file has a NUL behind it.
  const size_t start = is_abstract ? 1 : 0;
  if (std::memcmp(path + start, name.data() + start, size - start) != 0) std::abort();
  if (is_abstract ? path[0] != '\0' : path[size] != '\0') std::abort();
  return 0;
}
