#include "request.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "channel.h"

static const char* const kOperations[] = {
    [KVP_OP_GET] = "get",
    [KVP_OP_SET] = "set",
    [KVP_OP_DELETE] = "delete",
    [KVP_OP_ENUMERATE] = "enumerate",
    [KVP_OP_GET_IP_INFO] = "get-ip-info",
};
static const uint8_t kOperationCount = sizeof kOperations / sizeof *kOperations;

static const char* NextWord(void) {
  const char* word = strtok(NULL, " \n");
  if (word != NULL) return word;
  errno = EINVAL;
  Fail("read a request");
}

static unsigned long NextNumber(void) { return strtoul(NextWord(), NULL, 10); }

int ParseRequest(struct Request* request) {
  const char* name = strtok(NULL, " \n");
  if (name == NULL) return 0;
  *request = (struct Request){0};
  while (request->operation < kOperationCount && strcmp(name, kOperations[request->operation]) != 0)
    request->operation++;
  if (request->operation == kOperationCount) {
    errno = EINVAL;
    Fail(name);
  }
  if (request->operation == KVP_OP_GET_IP_INFO) {
    request->adapter = NextWord();
  } else {
    request->pool = (uint8_t)NextNumber();
    request->first = NextNumber();
    request->last = NextNumber();
  }
  return 1;
}

// Sizes count the NUL, as the driver's do.
static uint32_t WriteNumbered(__u8* field, const char* prefix, unsigned long number) {
  return (uint32_t)sprintf((char*)field, "%s%lu", prefix, number) + 1;
}

static void WriteAdapter(struct hv_kvp_msg* message, const char* adapter) {
  struct hv_kvp_ipaddr_value* body = &message->body.kvp_ip_val;
  strncpy((char*)body->adapter_id, adapter, sizeof body->adapter_id - 1);
}

void WriteRequest(struct hv_kvp_msg* message, const struct Request* request, unsigned long round) {
  memset(message, 0, sizeof *message);
  message->kvp_hdr.operation = request->operation;
  message->kvp_hdr.pool = request->pool;
  const unsigned long number = request->first + round % (request->last - request->first + 1);
  switch (request->operation) {
    case KVP_OP_SET: {
      struct hv_kvp_exchg_msg_value* data = &message->body.kvp_set.data;
      data->value_type = REG_SZ;
      data->key_size = WriteNumbered(data->key, "key", number);
      data->value_size = WriteNumbered(data->value, "value", round);
      break;
    }
    case KVP_OP_GET: {
      struct hv_kvp_exchg_msg_value* data = &message->body.kvp_get.data;
      data->key_size = WriteNumbered(data->key, "key", number);
      break;
    }
    case KVP_OP_DELETE:
      message->body.kvp_delete.key_size = WriteNumbered(message->body.kvp_delete.key, "key", number);
      break;
    case KVP_OP_ENUMERATE:
      message->body.kvp_enum_data.index = (uint32_t)number;
      break;
    case KVP_OP_GET_IP_INFO:
      WriteAdapter(message, request->adapter);
      break;
  }
}
