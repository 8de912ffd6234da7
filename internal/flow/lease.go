package flow

import (
	"context"
	"crypto/rand"
	"time"
)

const leaseTime = 30 * time.Second

// lease takes a piece of work for this program until release is called; it is
// renewed meanwhile, and free for others soon after a crash.
func (f *Flow) lease(ctx context.Context, name string) (release func(), err error) {
	holder := rand.Text()
	now := f.now()
	if err := f.store.Acquire(ctx, f.ws, name, holder, now, now.Add(leaseTime)); err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	go f.renew(ctx, name, holder)
	return func() {
		stop()
		_ = f.store.Release(context.WithoutCancel(ctx), f.ws, name, holder) // it runs out by itself
	}, nil
}

func (f *Flow) renew(ctx context.Context, name, holder string) {
	tick := time.NewTicker(leaseTime / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			now := f.now()
			if f.store.Renew(ctx, f.ws, name, holder, now, now.Add(leaseTime)) != nil {
				return
			}
		}
	}
}
