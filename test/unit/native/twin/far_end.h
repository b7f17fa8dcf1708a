#ifndef HYPERV_KVP_TWIN_FAR_END_H_
#define HYPERV_KVP_TWIN_FAR_END_H_

#include <string>

#include "device.h"
#include "unique_fd.h"

namespace hyperv_kvp {

// A message that is full of one letter, but for its first byte: the operation.
std::string MessageOf(char operation, char letter);

// What is behind the device, played by a test: it sends requests and receives what the daemon writes.
class FarEnd {
 public:
  FarEnd();
  FarEnd(const FarEnd&) = delete;
  FarEnd& operator=(const FarEnd&) = delete;
  ~FarEnd();

  const std::string& path() const { return path_; }

  // Takes the connection of the device that was opened last.
  void Accept();

  // Accepts, and takes the registration.
  std::string AcceptRegistration();

  void Send(const std::string& message) const;

  // The next message that was written; "" if there is none.
  std::string Receive() const;

  // Destroys the device.
  void HangUp() { connection_.Reset(); }

 private:
  std::string folder_;
  std::string path_;
  UniqueFd listener_;
  UniqueFd connection_;
};

}  // namespace hyperv_kvp

#endif  // HYPERV_KVP_TWIN_FAR_END_H_
