waymark.search("x","a3gma2li",12,[
["What a mentor can be. A mentor is several people at once.","One by one","","See below."]
]);
