// A load, if an order made it: asked when the answer to a commit may have been lost.
// $number; $order
MATCH (l:Load {number: $number}) WHERE l.order = $order
RETURN l {.*} AS load
