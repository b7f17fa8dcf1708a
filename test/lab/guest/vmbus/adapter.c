// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * eth0 and, once the host adds it, eth1: network adapters with a MAC and a GUID
 * like Hyper-V's; they drop all. Hardware of the same MAC becomes a port of
 * theirs, as hv_netvsc does with a virtual function.
 */
#include <linux/etherdevice.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

#include "lab.h"

struct adapter {
	const char *device_name;
	const char *name;
	guid_t instance;
	u8 mac[ETH_ALEN];
	struct hv_device *device;
	struct net_device *network;
	struct net_device *function;
};

static const struct hv_vmbus_device_id adapter_type = {HV_NIC_GUID};

static struct adapter adapters[] = {
	{
		.device_name = "adapter",
		.name = "eth0",
		.instance =
			GUID_INIT(0x1e0fbaa4, 0x6d2c, 0x4b7c, 0x8a, 0x3f, 0x52,
				  0x6c, 0x1d, 0x9e, 0x04, 0x77),
		.mac = {0x00, 0x15, 0x5d, 0x01, 0x02, 0x0a},
	},
	{
		.device_name = "second_adapter",
		.name = "eth1",
		.instance =
			GUID_INIT(0x7b21c0de, 0x35a9, 0x4f0c, 0x9d, 0x61, 0x0e,
				  0x84, 0xf2, 0x53, 0xb8, 0x1a),
		.mac = {0x00, 0x15, 0x5d, 0x01, 0x02, 0x0b},
	},
};

static DEFINE_MUTEX(lock);

static netdev_tx_t drop(struct sk_buff *packet, struct net_device *device)
{
	dev_kfree_skb(packet);
	return NETDEV_TX_OK;
}

static const struct net_device_ops operations = {
	.ndo_start_xmit = drop,
	.ndo_set_mac_address = eth_mac_addr,
};

static int add(struct adapter *adapter)
{
	struct hv_device *device;
	struct net_device *network;
	int error;

	device = lab_device_add(adapter->device_name, &adapter_type.guid,
				&adapter->instance, NULL);
	if (IS_ERR(device))
		return PTR_ERR(device);

	network = alloc_netdev(0, adapter->name, NET_NAME_ENUM, ether_setup);
	if (!network) {
		error = -ENOMEM;
		goto remove_device;
	}
	network->netdev_ops = &operations;
	eth_hw_addr_set(network, adapter->mac);
	SET_NETDEV_DEV(network, &device->device);

	error = register_netdev(network);
	if (error)
		goto free_network;
	adapter->device = device;
	adapter->network = network;
	return 0;

free_network:
	free_netdev(network);
remove_device:
	lab_device_remove(device);
	return error;
}

/* With the lock of the network held. */
static void release_function(struct adapter *adapter)
{
	if (!adapter->function)
		return;
	adapter->function->flags &= ~IFF_SLAVE;
	netdev_upper_dev_unlink(adapter->function, adapter->network);
	adapter->function = NULL;
}

static void remove(struct adapter *adapter)
{
	struct net_device *network = adapter->network;

	if (!network)
		return;
	rtnl_lock();
	release_function(adapter);
	adapter->network = NULL;
	rtnl_unlock();
	unregister_netdev(network);
	free_netdev(network);
	lab_device_remove(adapter->device);
}

/* As the virtual function of that adapter. */
static int take(struct adapter *adapter, struct net_device *function)
{
	int error = netdev_master_upper_dev_link(function, adapter->network,
						 NULL, NULL, NULL);

	if (error)
		return error;
	function->flags |= IFF_SLAVE;
	adapter->function = function;
	return 0;
}

/* A VLAN and a bond have an adapter's MAC too, but no device. */
static bool is_function_of(const struct adapter *adapter,
			   const struct net_device *device)
{
	return adapter->network && !adapter->function &&
	       device->netdev_ops != &operations && device->dev.parent &&
	       ether_addr_equal(device->perm_addr, adapter->mac);
}

static int on_network_event(struct notifier_block *block, unsigned long event,
			    void *data)
{
	struct net_device *device = netdev_notifier_info_to_dev(data);
	struct adapter *adapter;

	for (adapter = adapters; adapter < adapters + ARRAY_SIZE(adapters);
	     adapter++) {
		if (event == NETDEV_REGISTER &&
		    is_function_of(adapter, device))
			return notifier_from_errno(take(adapter, device));
		if (event == NETDEV_UNREGISTER && adapter->function == device)
			release_function(adapter);
	}
	return NOTIFY_DONE;
}

static struct notifier_block network_events = {
	.notifier_call = on_network_event,
};

int lab_adapter_init(void)
{
	int error = add(&adapters[0]);

	if (error)
		return error;
	error = register_netdevice_notifier(&network_events);
	if (error)
		remove(&adapters[0]);
	return error;
}

void lab_adapter_exit(void)
{
	unregister_netdevice_notifier(&network_events);
	remove(&adapters[1]);
	remove(&adapters[0]);
}

int lab_adapter_add_second(void)
{
	int error;

	mutex_lock(&lock);
	error = adapters[1].network ? -EEXIST : add(&adapters[1]);
	mutex_unlock(&lock);
	return error;
}

int lab_adapter_remove_second(void)
{
	int error = 0;

	mutex_lock(&lock);
	if (adapters[1].network)
		remove(&adapters[1]);
	else
		error = -ENODEV;
	mutex_unlock(&lock);
	return error;
}
