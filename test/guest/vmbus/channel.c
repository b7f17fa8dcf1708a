// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The channel: one packet each way instead of two ring buffers, since the host
 * keeps at most one KVP transaction outstanding.
 */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "lab.h"

/* The driver answers in the daemon's stead after 30 s: the host waits longer.
 */
#define HOST_PATIENCE (40 * HZ)

struct slot {
	u32 length; /* 0: empty */
	u8 packet[LAB_PACKET_SIZE];
};

static DEFINE_SPINLOCK(lock); /* of all below */
static struct vmbus_channel *open_channel;
static struct slot to_guest;
static struct slot to_host;
static u64 last_request;

static DECLARE_WAIT_QUEUE_HEAD(host_queue);

static void slot_put(struct slot *slot, const u8 *packet, u32 length)
{
	memcpy(slot->packet, packet, length);
	slot->length = length;
}

static u32 slot_take(struct slot *slot, u8 *packet)
{
	u32 length = slot->length;

	memcpy(packet, slot->packet, length);
	slot->length = 0;
	return length;
}

/* The driver schedules this too, to look for what came while it was busy. */
static void run_callback(struct tasklet_struct *tasklet)
{
	struct vmbus_channel *channel =
		from_tasklet(channel, tasklet, callback_event);

	if (channel->onchannel_callback)
		channel->onchannel_callback(channel->channel_callback_context);
}

struct vmbus_channel *lab_channel_create(void)
{
	struct vmbus_channel *channel = kzalloc(sizeof(*channel), GFP_KERNEL);

	if (channel)
		tasklet_setup(&channel->callback_event, run_callback);
	return channel;
}

/*
 * The host's side of the channel.
 */

/* A new packet abandons the reply of the one before it. */
int lab_channel_send(const u8 *packet, u32 length)
{
	int error = 0;

	spin_lock_bh(&lock);
	if (!open_channel) {
		error = -ENODEV;
	} else if (to_guest.length) {
		error = -EBUSY;
	} else {
		to_host.length = 0;
		slot_put(&to_guest, packet, length);
		tasklet_schedule(&open_channel->callback_event);
	}
	spin_unlock_bh(&lock);
	return error;
}

static bool host_may_proceed(void)
{
	bool may;

	spin_lock_bh(&lock);
	may = to_host.length || !open_channel;
	spin_unlock_bh(&lock);
	return may;
}

int lab_channel_receive(u8 *packet, u32 *length)
{
	long left = wait_event_interruptible_timeout(
		host_queue, host_may_proceed(), HOST_PATIENCE);

	if (left < 0)
		return -EINTR;
	if (left == 0)
		return -ETIMEDOUT;

	spin_lock_bh(&lock);
	*length = slot_take(&to_host, packet);
	spin_unlock_bh(&lock);
	return *length ? 0 : -ENODEV;
}

/*
 * The driver's side.
 */

int vmbus_open(struct vmbus_channel *channel, u32 send_size, u32 receive_size,
	       void *userdata, u32 userdata_length,
	       void (*callback)(void *context), void *context)
{
	spin_lock_bh(&lock);
	channel->onchannel_callback = callback;
	channel->channel_callback_context = context;
	channel->state = CHANNEL_OPENED_STATE;
	open_channel = channel;
	spin_unlock_bh(&lock);
	return 0;
}
EXPORT_SYMBOL_GPL(vmbus_open);

void vmbus_close(struct vmbus_channel *channel)
{
	spin_lock_bh(&lock);
	open_channel = NULL;
	to_guest.length = 0;
	to_host.length = 0;
	channel->state = CHANNEL_OPEN_STATE;
	channel->onchannel_callback = NULL;
	spin_unlock_bh(&lock);

	tasklet_kill(&channel->callback_event);
	wake_up_interruptible(&host_queue);
}
EXPORT_SYMBOL_GPL(vmbus_close);

int vmbus_recvpacket(struct vmbus_channel *channel, void *buffer, u32 size,
		     u32 *length, u64 *request)
{
	int error = 0;

	*length = 0;
	spin_lock_bh(&lock);
	if (to_guest.length > size) {
		error = -ENOBUFS;
	} else if (to_guest.length) {
		*length = slot_take(&to_guest, buffer);
		*request = ++last_request;
	}
	spin_unlock_bh(&lock);
	return error;
}
EXPORT_SYMBOL_GPL(vmbus_recvpacket);

/* Only the reply to the packet delivered last can be meant for the host. */
int vmbus_sendpacket(struct vmbus_channel *channel, void *buffer, u32 length,
		     u64 request, enum vmbus_packet_type type, u32 flags)
{
	int error = 0;

	if (length > LAB_PACKET_SIZE || type != VM_PKT_DATA_INBAND)
		return -EINVAL;

	spin_lock_bh(&lock);
	if (channel != open_channel)
		error = -ENODEV;
	else if (request != last_request)
		error = -EINVAL;
	else
		slot_put(&to_host, buffer, length);
	spin_unlock_bh(&lock);

	wake_up_interruptible(&host_queue);
	return error;
}
EXPORT_SYMBOL_GPL(vmbus_sendpacket);
