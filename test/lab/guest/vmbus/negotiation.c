// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Version negotiation: the host lists framework and message versions, and the
 * guest answers with the best of each it knows, or with none.
 */
#include <linux/module.h>

#include "lab.h"

/* Both of the guest's lists begin with the version it likes best. */
static int best_common(const struct ic_version *offered, int offered_count,
		       const int *known, int known_count)
{
	int i, k;

	for (k = 0; k < known_count; k++)
		for (i = 0; i < offered_count; i++)
			if (known[k] ==
			    (offered[i].major << 16 | offered[i].minor))
				return known[k];
	return 0;
}

static struct ic_version version_of(int version)
{
	return (struct ic_version){.major = version >> 16,
				   .minor = version & 0xffff};
}

bool vmbus_prep_negotiate_resp(struct icmsg_hdr *header, u8 *packet, u32 length,
			       const int *frameworks, int framework_count,
			       const int *services, int service_count,
			       int *chosen_framework, int *chosen_service)
{
	struct icmsg_negotiate *body = (void *)(packet + ICMSG_HDR);
	int framework, service;
	bool agreed;

	header->icmsgsize = sizeof(*body) + 2 * sizeof(struct ic_version);
	if (length < ICMSG_NEGOTIATE_PKT_SIZE(1, 1) ||
	    body->icframe_vercnt > IC_VERSION_NEGOTIATION_MAX_VER_COUNT ||
	    body->icmsg_vercnt > IC_VERSION_NEGOTIATION_MAX_VER_COUNT ||
	    length < ICMSG_NEGOTIATE_PKT_SIZE(body->icframe_vercnt,
					      body->icmsg_vercnt))
		return false;

	framework = best_common(body->icversion_data, body->icframe_vercnt,
				frameworks, framework_count);
	service = best_common(body->icversion_data + body->icframe_vercnt,
			      body->icmsg_vercnt, services, service_count);
	agreed = framework && service;

	body->icframe_vercnt = agreed;
	body->icmsg_vercnt = agreed;
	body->icversion_data[0] = version_of(framework);
	body->icversion_data[1] = version_of(service);
	if (chosen_framework)
		*chosen_framework = framework;
	if (chosen_service)
		*chosen_service = service;
	return agreed;
}
EXPORT_SYMBOL_GPL(vmbus_prep_negotiate_resp);
