-- Where waiting ids go while a queue is paused: auto, wait or paused. The catalog puts the value in.
local pausedLayout = '${PausedLayout}'
