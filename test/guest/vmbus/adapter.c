// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* eth0: a network adapter with a MAC and a GUID like Hyper-V's; it drops all.
 */
#include <linux/etherdevice.h>
#include <linux/netdevice.h>

#include "lab.h"

static const struct hv_vmbus_device_id adapter_type = {HV_NIC_GUID};
static const guid_t adapter_instance =
	GUID_INIT(0x1e0fbaa4, 0x6d2c, 0x4b7c, 0x8a, 0x3f, 0x52, 0x6c, 0x1d,
		  0x9e, 0x04, 0x77);
static const u8 adapter_mac[ETH_ALEN] = {0x00, 0x15, 0x5d, 0x01, 0x02, 0x0a};

static struct hv_device *adapter;
static struct net_device *network;

static netdev_tx_t drop(struct sk_buff *packet, struct net_device *device)
{
	dev_kfree_skb(packet);
	return NETDEV_TX_OK;
}

static const struct net_device_ops operations = {
	.ndo_start_xmit = drop,
};

int lab_adapter_init(void)
{
	int error;

	adapter = lab_device_add("adapter", &adapter_type.guid,
				 &adapter_instance, NULL);
	if (IS_ERR(adapter))
		return PTR_ERR(adapter);

	network = alloc_netdev(0, "eth0", NET_NAME_ENUM, ether_setup);
	if (!network) {
		error = -ENOMEM;
		goto remove_adapter;
	}
	network->netdev_ops = &operations;
	eth_hw_addr_set(network, adapter_mac);
	SET_NETDEV_DEV(network, &adapter->device);

	error = register_netdev(network);
	if (error)
		goto free_network;
	return 0;

free_network:
	free_netdev(network);
remove_adapter:
	lab_device_remove(adapter);
	return error;
}

void lab_adapter_exit(void)
{
	unregister_netdev(network);
	free_netdev(network);
	lab_device_remove(adapter);
}
