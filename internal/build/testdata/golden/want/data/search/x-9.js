waymark.search("x","a3gma2li",9,[
["From the first module to a closed relationship. The way of a new mentor, with a link."]
]);
